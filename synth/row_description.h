#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/dataset.h"
#include "synth/row.h"

namespace af::synth {

/// A column of row attributes and where its values lie in a row.
struct RowField {
  Column column;
  std::size_t count = 1;  ///< Values in a row: 1, or as many as there is room for.
  std::size_t value_bytes = 0;
  /// The k-th value of the row, or null if the row has none there (zeros then stand in the file).
  std::function<std::byte*(Row&, std::size_t k)> at;
};

/// The columns for every attribute of rows of a format.
[[nodiscard]] std::vector<RowField> describe_rows(const RowFormat& format);

}  // namespace af::synth
