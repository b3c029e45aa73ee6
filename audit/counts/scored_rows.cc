#include "audit/counts/scored_rows.h"

#include <algorithm>
#include <cmath>

namespace af::audit {

ScoredRows::ScoredRows(std::vector<ScoredRow> rows, std::size_t groups) : groups_(groups) {
  // Ties in any fixed order, so that equal inputs give equal sums.
  std::ranges::sort(rows, [](const ScoredRow& a, const ScoredRow& b) {
    if (a.score != b.score) return a.score < b.score;
    return a.group != b.group ? a.group < b.group : a.positive < b.positive;
  });
  rows_.reserve(rows.size());
  losses_.reserve(rows.size());
  for (const ScoredRow& row : rows) {
    const auto bin = static_cast<std::size_t>(row.score * kBins);
    rows_.push_back({.score = row.score,
                     .group = row.group,
                     .bin = static_cast<std::uint8_t>(std::min(bin, kBins - 1)),
                     .positive = row.positive,
                     .ties_with_before = !rows_.empty() && rows_.back().score == row.score});
    losses_.push_back(row.positive ? -std::log(row.score) : -std::log1p(-row.score));
  }
}

}  // namespace af::audit
