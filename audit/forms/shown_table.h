#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/reports/report.h"

namespace af::audit {

/// A field as people read it, and the numbers behind it in full precision.
struct ShownField {
  std::string text;
  std::vector<double> numbers;  ///< None, the value, or the ends of the interval.
  std::optional<Answer::Tone> tone;
};

/// A table as people read it: every field a text, the intervals of a column of estimates in a
/// column of their own, reasons of what is undefined as numbered notes.
struct ShownTable {
  struct Column {
    std::string title;
    bool is_number = false;    ///< Aligned to the right.
    bool is_interval = false;  ///< Of the values in the column before it.
  };
  std::vector<Column> columns;
  std::vector<std::vector<ShownField>> rows;
  std::size_t keys = 1;            ///< Columns in front that name a row; one at least.
  std::vector<std::string> notes;  ///< "[1] There are no positive labels."
};

[[nodiscard]] ShownTable shown(const Table& table);

}  // namespace af::audit
