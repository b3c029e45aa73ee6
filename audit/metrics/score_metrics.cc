#include "audit/metrics/score_metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace af::audit {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

const char* why_undefined(std::size_t metric, double value) {
  if (std::isinf(value)) return "A row's label was given probability 0, so its loss is infinite.";
  return metric == 1 ? "It needs rows of both labels." : "There are no rows.";
}

Measure measure(std::size_t metric, double value) {
  if (!std::isfinite(value)) {
    return {.estimate = undefined(why_undefined(metric, value)), .proportion = {}};
  }
  return {.estimate = without_interval(value, "none: it has no closed form"), .proportion = {}};
}

double calibration_error(std::span<const ScoreSums::Bin> bins) {
  double rows = 0;
  double error = 0;
  for (const ScoreSums::Bin& bin : bins) {
    rows += bin.rows;
    error += std::abs(bin.positives - bin.score);  // Its share times the gap of the means.
  }
  return error / rows;
}

/// In eight sums, which the compiler makes a vector of; so their order does not depend on it.
double weighted_sum(std::span<const std::uint16_t> weights, std::span<const double> values) {
  constexpr std::size_t kLanes = 8;
  std::array<double, kLanes> sums{};
  const std::size_t whole = weights.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t j = 0; j < kLanes; ++j) sums[j] += weights[i + j] * values[i + j];
  }
  for (std::size_t i = whole; i < weights.size(); ++i) sums[i - whole] += weights[i] * values[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

std::vector<CalibrationBin> calibration_of(const ScoreSums& sums, std::size_t groups) {
  std::vector<CalibrationBin> list;
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t b = 0; b < ScoredRows::kBins; ++b) {
      const ScoreSums::Bin& bin = sums.bin(g, b);
      const auto rows = static_cast<std::uint64_t>(bin.rows);
      list.push_back(
          {.group = g,
           .from = static_cast<double>(b) / ScoredRows::kBins,
           .to = static_cast<double>(b + 1) / ScoredRows::kBins,
           .rows = rows,
           .mean_score = rows == 0 ? undefined("There are no rows.")
                                   : exactly(bin.score / bin.rows, "none: it is of these rows"),
           .positives = estimate({static_cast<std::uint64_t>(bin.positives), rows}, "rows")});
    }
  }
  return list;
}

}  // namespace

ScoreSums::ScoreSums(std::size_t groups)
    : groups_(groups), pairs_(groups + 1), losses_(groups), bins_(groups * ScoredRows::kBins) {}

void ScoreSums::clear() {
  std::ranges::fill(pairs_, RankedPairs{});
  std::ranges::fill(losses_, 0.0);
  std::ranges::fill(bins_, Bin{});
}

void ScoreSums::add_run(const ScoredRows::Block& block, const ScoredRows::Run& run,
                        std::span<const std::uint16_t> weights) {
  RankedPairs& pairs = pairs_[run.group];
  const std::uint64_t positives = pairs.positives();
  const std::uint64_t negatives = pairs.negatives();
  const auto marks = block.marks.subspan(run.first, run.rows);
  const auto row_at = [&](std::size_t i) {
    return RankedRow{.weight = weights[i], .positive = marks[i].positive};
  };
  if (!run.ties) {
    pairs.add_distinct(run.rows, row_at);
  } else {
    for (std::size_t i = 0; i < run.rows; ++i) pairs.add(row_at(i), marks[i].ties);
  }
  Bin& bin = bins_[run.group * ScoredRows::kBins + run.bin];
  bin.positives += static_cast<double>(pairs.positives() - positives);
  bin.rows += static_cast<double>(pairs.positives() - positives + pairs.negatives() - negatives);
  bin.score += weighted_sum(weights, block.scores.subspan(run.first, run.rows));
  losses_[run.group] += weighted_sum(weights, block.losses.subspan(run.first, run.rows));
}

void ScoreSums::add(const ScoredRows::Block& block, std::span<const std::uint16_t> weights) {
  for (const ScoredRows::Run& run : block.runs) {
    add_run(block, run, weights.subspan(run.first, run.rows));
  }
  const auto row_at = [&](std::size_t i) {
    const ScoredRows::Turn turn = block.turns[i];
    return RankedRow{.weight = weights[turn.row], .positive = turn.positive};
  };
  if (!block.ties) {
    pairs_[groups_].add_distinct(block.turns.size(), row_at);
  } else {
    for (std::size_t i = 0; i < block.turns.size(); ++i) {
      pairs_[groups_].add(row_at(i), block.turns[i].ties);
    }
  }
}

void ScoreSums::values(std::span<double> out) const {
  const std::size_t line = groups_ + 1;
  std::array<Bin, ScoredRows::kBins> all_bins{};
  double all_loss = 0;
  Bin all;
  const auto put = [&](std::size_t g, double loss, std::span<const Bin> bins, const Bin& total) {
    out[g] = loss / total.rows;
    out[line + g] = pairs_[g].area_under_curve();
    out[2 * line + g] = calibration_error(bins);
    out[3 * line + g] = total.score / total.rows;
  };
  const auto add_bin = [](Bin& to, const Bin& bin) {
    to.rows += bin.rows;
    to.score += bin.score;
    to.positives += bin.positives;
  };
  for (std::size_t g = 0; g < groups_; ++g) {
    Bin total;
    const auto bins = std::span(bins_).subspan(g * ScoredRows::kBins, ScoredRows::kBins);
    for (std::size_t b = 0; b < bins.size(); ++b) {
      add_bin(total, bins[b]);
      add_bin(all_bins[b], bins[b]);
    }
    put(g, losses_[g], bins, total);
    add_bin(all, total);
    all_loss += losses_[g];
  }
  put(groups_, all_loss, all_bins, all);
}

ScoreAudit audit_scores(const ScoredRows& rows, const ContingencyTable& groups) {
  ScoreSums sums(groups.cells());
  const std::vector<std::uint16_t> once(ScoredRows::kBlockRows, 1);
  for (std::size_t block = 0; block < rows.blocks(); ++block) {
    sums.add(rows.block(block), std::span(once).first(rows.block_rows(block)));
  }
  const std::size_t line = groups.cells() + 1;
  std::vector<double> values(kScoreMetrics.size() * line, kUndefined);
  sums.values(values);
  for (std::size_t g = 0; g < groups.cells(); ++g) {
    if (rows.infinite_loss()[g]) values[g] = values[groups.cells()] = kInfinite;
  }
  ScoreAudit audit;
  audit.frame.groups = groups;
  for (std::size_t m = 0; m < kScoreMetrics.size(); ++m) {
    GroupMetric metric{.name = kScoreMetrics[m],
                       .overall = measure(m, values[m * line + groups.cells()]),
                       .by_group = {}};
    for (std::size_t g = 0; g < groups.cells(); ++g) {
      metric.by_group.push_back(measure(m, values[m * line + g]));
    }
    audit.frame.metrics.push_back(std::move(metric));
  }
  audit.definitions = contrast_definitions(audit.frame);
  for (const DisparityDefinition& definition : audit.definitions) {
    audit.disparities.push_back(evaluate(definition, audit.frame));
  }
  audit.calibration = calibration_of(sums, groups.cells());
  return audit;
}

}  // namespace af::audit
