#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace af::audit {

struct MatrixSide {
  std::string title;
  std::vector<std::string> labels;
};

/// A field of a matrix.
struct MatrixField {
  std::string row;     ///< One of the labels of the rows,
  std::string column;  ///< of the columns.
  double value = 0;    ///< From 0, faint, to MatrixLook::most, deep.
};

struct MatrixPanel {
  std::string title;
  std::vector<MatrixField> fields;  ///< What is left out stays blank.
};

struct MatrixLook {
  MatrixSide rows;
  MatrixSide columns;
  std::string value;   ///< Title of the values: the member of the data that holds them.
  std::string format;  ///< Of the values, as d3 has it: ".2f".
  double most = 1;
};

/// Matrices as Vega-Lite heat maps with their numbers, panels beside and below each other.
[[nodiscard]] nlohmann::json matrix_chart(const std::vector<MatrixPanel>& panels,
                                          const MatrixLook& look);

}  // namespace af::audit
