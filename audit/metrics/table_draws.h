#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/counts/weighted_rows.h"
#include "core/random.h"

namespace af::audit {

/// Draws tables of as many rows as a table has, with replacement, each row with its weight. Without
/// weights, or with few distinct ones, a draw is one of counts, whose cost does not grow with the
/// rows; of a cell with many distinct weights every row is drawn.
class TableDraws {
 public:
  explicit TableDraws(const ContingencyTable& table);

  /// What a draw costs, in single draws.
  [[nodiscard]] std::size_t cost() const noexcept { return counts_.size() + single_rows_; }
  /// @param out  [cells]
  void draw(Stream& stream, std::span<WeightedRows> out) const;

 private:
  /// Rows that are drawn by their count: all of one weight, or the rows of a cell to pick from.
  struct Kind {
    std::size_t cell = 0;
    double weight = 1;
    std::vector<double> each = {};  ///< Weights to pick from; empty: `weight` is everyone's.
  };
  void add_cell(std::span<const RowWeights::Equal> rows);

  std::vector<Kind> kinds_;
  std::vector<std::uint64_t> counts_;  ///< [kinds]
  std::size_t single_rows_ = 0;
};

}  // namespace af::audit
