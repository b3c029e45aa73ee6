#include "audit/counts/two_way_table.h"

#include <numeric>

namespace af::audit {

std::vector<std::uint64_t> TwoWayTable::row_sums() const {
  std::vector<std::uint64_t> sums(rows, 0);
  for (std::size_t cell = 0; cell < counts.size(); ++cell) sums[cell / columns] += counts[cell];
  return sums;
}

std::vector<std::uint64_t> TwoWayTable::column_sums() const {
  std::vector<std::uint64_t> sums(columns, 0);
  for (std::size_t cell = 0; cell < counts.size(); ++cell) sums[cell % columns] += counts[cell];
  return sums;
}

std::uint64_t TwoWayTable::total() const {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

TwoWayTable TwoWayTable::without_empty() const {
  const auto not_empty = [](const std::vector<std::uint64_t>& sums) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (sums[i] > 0) kept.push_back(i);
    }
    return kept;
  };
  const auto kept_rows = not_empty(row_sums());
  const auto kept_columns = not_empty(column_sums());
  TwoWayTable result{.rows = kept_rows.size(), .columns = kept_columns.size(), .counts = {}};
  for (const std::size_t row : kept_rows) {
    for (const std::size_t column : kept_columns) result.counts.push_back(at(row, column));
  }
  return result;
}

TwoWayTable TwoWayTable::transposed() const {
  TwoWayTable result{.rows = columns, .columns = rows, .counts = {}};
  result.counts.reserve(counts.size());
  for (std::size_t column = 0; column < columns; ++column) {
    for (std::size_t row = 0; row < rows; ++row) result.counts.push_back(at(row, column));
  }
  return result;
}

TwoWayTable two_way(const ContingencyTable& table, std::size_t down,
                    std::span<const std::size_t> across) {
  std::vector<std::size_t> kept{down};
  kept.insert(kept.end(), across.begin(), across.end());
  const ContingencyTable marginal = table.marginal(kept);
  TwoWayTable result{.rows = marginal.factors().front().values.size(),
                     .columns = 0,
                     .counts = marginal.proportions()};
  result.columns = result.rows == 0 ? 0 : result.counts.size() / result.rows;
  return result;
}

}  // namespace af::audit
