#include "audit/counts/row_weights.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace af::audit {
namespace {

/// Sorts, and puts rows that are alike together.
void compact(std::vector<RowWeights::Equal>& rows) {
  std::ranges::sort(rows, {}, [](const auto& r) { return std::tuple(r.cell, r.weight); });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    RowWeights::Equal& last = rows[kept];
    const bool alike = last.cell == rows[i].cell && last.weight == rows[i].weight;
    if (alike && last.rows <= std::numeric_limits<std::uint32_t>::max() - rows[i].rows) {
      last.rows += rows[i].rows;
    } else {
      rows[++kept] = rows[i];
    }
  }
  if (!rows.empty()) rows.resize(kept + 1);
}

}  // namespace

void RowWeights::add(std::size_t cell, double weight) {
  Sums& sums = sums_[cell];
  ++sums.rows;
  sums.weight += weight;
  sums.squares += static_cast<long double>(weight) * weight;
  equal_.push_back({.weight = weight, .cell = static_cast<std::uint32_t>(cell), .rows = 1});
  if (equal_.size() < compact_at_) return;
  compact(equal_);
  compact_at_ = std::max(compact_at_, 2 * equal_.size());
}

WeightedRows RowWeights::of(std::size_t cell) const {
  const Sums& sums = sums_[cell];
  return {static_cast<double>(sums.rows), static_cast<double>(sums.weight),
          static_cast<double>(sums.squares)};
}

std::vector<RowWeights::Equal> RowWeights::all() const {
  std::vector<Equal> rows = equal_;
  compact(rows);
  return rows;
}

RowWeights RowWeights::moved(std::span<const std::size_t> to, std::size_t cells) const {
  RowWeights result(cells);
  for (std::size_t cell = 0; cell < sums_.size(); ++cell) {
    Sums& sums = result.sums_[to[cell]];
    sums.rows += sums_[cell].rows;
    sums.weight += sums_[cell].weight;
    sums.squares += sums_[cell].squares;
  }
  result.equal_ = equal_;
  for (Equal& rows : result.equal_) rows.cell = static_cast<std::uint32_t>(to[rows.cell]);
  compact(result.equal_);
  result.compact_at_ = std::max(compact_at_, 2 * result.equal_.size());
  return result;
}

RowWeights RowWeights::part(std::size_t first, std::size_t cells) const {
  RowWeights result(cells);
  std::copy_n(sums_.begin() + static_cast<std::ptrdiff_t>(first), cells, result.sums_.begin());
  for (Equal rows : equal_) {
    if (rows.cell < first || rows.cell >= first + cells) continue;
    rows.cell -= static_cast<std::uint32_t>(first);
    result.equal_.push_back(rows);
  }
  compact(result.equal_);
  return result;
}

}  // namespace af::audit
