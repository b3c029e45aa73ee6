#include "tests/audit/statistics/bootstrap_coverage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "audit/statistics/binomial.h"
#include "audit/statistics/bootstrap.h"
#include "core/random.h"

namespace af::test {
namespace {

using Cells = std::array<double, 4>;
using Counts = std::array<std::uint64_t, 4>;

/// True negatives, false positives, false negatives, true positives; or the first group's rows not
/// selected and selected, then the second's.
double value_of(CoveredFigure figure, const Cells& c) {
  switch (figure) {
    case CoveredFigure::kF1: return 2 * c[3] / (2 * c[3] + c[1] + c[2]);
    case CoveredFigure::kBalancedAccuracy: return (c[0] / (c[0] + c[1]) + c[3] / (c[2] + c[3])) / 2;
    case CoveredFigure::kDifference: break;
  }
  return c[1] / (c[0] + c[1]) - c[3] / (c[2] + c[3]);
}

Cells probabilities(CoveredFigure figure, double p) {
  constexpr double kRight = 0.8;
  if (figure == CoveredFigure::kF1 || figure == CoveredFigure::kBalancedAccuracy) {
    return {(1 - p) * kRight, (1 - p) * (1 - kRight), p * (1 - kRight), p * kRight};
  }
  return {(1 - p) / 2, p / 2, (1 - 0.8 * p) / 2, 0.8 * p / 2};
}

Cells as_cells(const Counts& counts) {
  Cells cells;
  std::ranges::transform(counts, cells.begin(), [](auto n) { return static_cast<double>(n); });
  return cells;
}

Counts draw(const Cells& probability, std::uint64_t rows, Stream& stream) {
  Counts counts{};
  double left = 1;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double p = i + 1 == counts.size() ? 1.0 : std::min(1.0, probability[i] / left);
    counts[i] = audit::binomial(rows, p, stream);
    rows -= counts[i];
    left -= probability[i];
  }
  return counts;
}

audit::Estimate bca_of(CoveredFigure figure, const Counts& counts, int replicates,
                       std::uint64_t seed) {
  audit::Estimate estimate = audit::without_interval(value_of(figure, as_cells(counts)), "");
  std::vector<double> found;
  Counts drawn{};
  for (int r = 0; r < replicates; ++r) {
    Stream stream(seed, Purpose::kBootstrap, static_cast<std::uint64_t>(r));
    audit::resample_counts(counts, stream, drawn);
    found.push_back(value_of(figure, as_cells(drawn)));
  }
  std::vector<double> without;
  std::vector<double> rows;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] == 0) continue;
    Cells cells = as_cells(counts);
    rows.push_back(cells[c]);
    cells[c] -= 1;
    without.push_back(value_of(figure, cells));
  }
  audit::set_bca_interval(estimate, std::move(found), audit::acceleration(without, rows));
  return estimate;
}

audit::Estimate interval_of(const CoverageCase& which, const Counts& c, std::uint64_t seed) {
  if (!std::isfinite(value_of(which.figure, as_cells(c)))) return audit::undefined("");
  if (which.figure != CoveredFigure::kDifference) {
    return bca_of(which.figure, c, which.replicates, seed);
  }
  const audit::Interval interval = audit::newcombe({c[1], c[0] + c[1]}, {c[3], c[2] + c[3]});
  return {.value = 0.0, .low = interval.low, .high = interval.high, .reason = {}, .interval = {}};
}

}  // namespace

Coverage coverage(const CoverageCase& which) {
  const Cells probability = probabilities(which.figure, which.p);
  const double truth = value_of(which.figure, probability);
  std::uint64_t defined = 0;
  std::uint64_t covered = 0;
  for (std::uint64_t i = 0; i < which.experiments; ++i) {
    Stream stream(20'260'127, Purpose::kTest, i);
    const audit::Estimate estimate = interval_of(which, draw(probability, which.rows, stream), i);
    if (!estimate.low) continue;
    ++defined;
    if (*estimate.low <= truth && truth <= *estimate.high) ++covered;
  }
  return {.covered = static_cast<double>(covered) / static_cast<double>(defined),
          .with_interval = static_cast<double>(defined) / static_cast<double>(which.experiments)};
}

}  // namespace af::test
