#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "audit/counts/contingency_table.h"

namespace af::audit {

/// Counts of two crossed classifications, [rows, columns], columns running fastest.
struct TwoWayTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::uint64_t> counts;

  [[nodiscard]] std::uint64_t at(std::size_t row, std::size_t column) const {
    return counts[row * columns + column];
  }
  [[nodiscard]] std::vector<std::uint64_t> row_sums() const;
  [[nodiscard]] std::vector<std::uint64_t> column_sums() const;
  [[nodiscard]] std::uint64_t total() const;

  /// Without the rows and columns that have no counts: they say nothing about independence.
  [[nodiscard]] TwoWayTable without_empty() const;
  [[nodiscard]] TwoWayTable transposed() const;

  bool operator==(const TwoWayTable&) const = default;
};

/// One factor's values down, the combined values of other factors across. Of rows with weights it
/// holds their proportions (ContingencyTable::proportions), so that only shares mean anything.
[[nodiscard]] TwoWayTable two_way(const ContingencyTable& table, std::size_t down,
                                  std::span<const std::size_t> across);

}  // namespace af::audit
