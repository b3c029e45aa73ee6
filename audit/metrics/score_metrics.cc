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
  const char* const why = metric == kCalibrationError
                              ? "none: replicates of absolute gaps lie above them"
                              : "none: it has no closed form";
  return {.estimate = without_interval(value, why), .proportion = {}};
}

double calibration_error(std::span<const ScoreBin> bins) {
  double rows = 0;
  double error = 0;
  for (const ScoreBin& bin : bins) {
    rows += bin.rows;
    error += std::abs(bin.positives - bin.score);  // Its share times the gap of the means.
  }
  return error / rows;
}

/// In eight sums, which the compiler makes a vector of; so their order does not depend on it.
template <class Weight>
double weighted_sum(std::span<const Weight> weights, std::span<const double> values) {
  constexpr std::size_t kLanes = 8;
  std::array<double, kLanes> sums{};
  const std::size_t whole = weights.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t j = 0; j < kLanes; ++j) sums[j] += weights[i + j] * values[i + j];
  }
  for (std::size_t i = whole; i < weights.size(); ++i) sums[i - whole] += weights[i] * values[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

}  // namespace

template <class Weight>
ScoreSums<Weight>::ScoreSums(std::size_t groups)
    : groups_(groups), pairs_(groups + 1), losses_(groups), bins_(groups * ScoredRows::kBins) {}

template <class Weight>
void ScoreSums<Weight>::clear() {
  std::ranges::fill(pairs_, RankedPairs<Sum>{});
  std::ranges::fill(losses_, 0.0);
  std::ranges::fill(bins_, ScoreBin{});
}

template <class Weight>
void ScoreSums<Weight>::add_run(const ScoredRows::Block& block, const ScoredRows::Run& run,
                                std::span<const Weight> weights) {
  RankedPairs<Sum>& pairs = pairs_[run.group];
  const Sum positives = pairs.positives();
  const Sum negatives = pairs.negatives();
  const auto marks = block.marks.subspan(run.first, run.rows);
  const auto row_at = [&](std::size_t i) {
    return RankedRow<Sum>{.weight = weights[i], .positive = marks[i].positive};
  };
  if (!run.ties) {
    pairs.add_distinct(run.rows, row_at);
  } else {
    for (std::size_t i = 0; i < run.rows; ++i) pairs.add(row_at(i), marks[i].ties);
  }
  ScoreBin& bin = bins_[run.group * ScoredRows::kBins + run.bin];
  bin.positives += static_cast<double>(pairs.positives() - positives);
  bin.rows += static_cast<double>(pairs.positives() - positives + pairs.negatives() - negatives);
  bin.score += weighted_sum(weights, block.scores.subspan(run.first, run.rows));
  losses_[run.group] += weighted_sum(weights, block.losses.subspan(run.first, run.rows));
}

template <class Weight>
void ScoreSums<Weight>::add(const ScoredRows::Block& block, std::span<const Weight> weights) {
  for (const ScoredRows::Run& run : block.runs) {
    add_run(block, run, weights.subspan(run.first, run.rows));
  }
  const auto row_at = [&](std::size_t i) {
    const ScoredRows::Turn turn = block.turns[i];
    return RankedRow<Sum>{.weight = weights[turn.row], .positive = turn.positive};
  };
  if (!block.ties) {
    pairs_[groups_].add_distinct(block.turns.size(), row_at);
  } else {
    for (std::size_t i = 0; i < block.turns.size(); ++i) {
      pairs_[groups_].add(row_at(i), block.turns[i].ties);
    }
  }
}

template <class Weight>
void ScoreSums<Weight>::values(std::span<double> out) const {
  const std::size_t line = groups_ + 1;
  std::array<ScoreBin, ScoredRows::kBins> all_bins{};
  double all_loss = 0;
  ScoreBin all;
  const auto put = [&](std::size_t g, double loss, std::span<const ScoreBin> bins,
                       const ScoreBin& total) {
    out[g] = loss / total.rows;
    out[line + g] = pairs_[g].area_under_curve();
    out[2 * line + g] = calibration_error(bins);
    out[3 * line + g] = total.score / total.rows;
  };
  const auto add_bin = [](ScoreBin& to, const ScoreBin& bin) {
    to.rows += bin.rows;
    to.score += bin.score;
    to.positives += bin.positives;
  };
  for (std::size_t g = 0; g < groups_; ++g) {
    ScoreBin total;
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

template class ScoreSums<std::uint16_t>;
template class ScoreSums<double>;

namespace {

/// Rows of a group and bin.
struct CalibrationRows {
  WeightedRows all;
  WeightedRows positives;
  double score = 0;
};

/// [G, kBins]
std::vector<CalibrationRows> calibration_rows(const ScoredRows& rows) {
  std::vector<CalibrationRows> bins(rows.groups() * ScoredRows::kBins);
  for (std::size_t b = 0; b < rows.blocks(); ++b) {
    const ScoredRows::Block block = rows.block(b);
    for (const ScoredRows::Run& run : block.runs) {
      CalibrationRows& bin = bins[run.group * ScoredRows::kBins + run.bin];
      for (std::size_t i = run.first; i < run.first + run.rows; ++i) {
        const double weight = block.weights.empty() ? 1.0 : block.weights[i];
        const WeightedRows row(1, weight, weight * weight);
        bin.all += row;
        if (block.marks[i].positive) bin.positives += row;
        bin.score += weight * block.scores[i];
      }
    }
  }
  return bins;
}

std::vector<CalibrationBin> calibration_of(const ScoredRows& scored) {
  std::vector<CalibrationBin> list;
  const std::vector<CalibrationRows> bins = calibration_rows(scored);
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const CalibrationRows& bin = bins[i];
    const std::size_t b = i % ScoredRows::kBins;
    list.push_back({.group = i / ScoredRows::kBins,
                    .from = static_cast<double>(b) / ScoredRows::kBins,
                    .to = static_cast<double>(b + 1) / ScoredRows::kBins,
                    .rows = static_cast<std::uint64_t>(bin.all.rows),
                    .mean_score = bin.all.rows == 0 ? undefined("There are no rows.")
                                                    : exactly(bin.score / bin.all.weight,
                                                              "none: it is of these rows"),
                    .positives = estimate(bin.positives, bin.all, "rows")});
  }
  return list;
}

/// [kScoreMetrics, G + 1]
template <class Weight>
std::vector<double> values_of(const ScoredRows& rows) {
  ScoreSums<Weight> sums(rows.groups());
  const std::vector<Weight> once(ScoredRows::kBlockRows, 1);
  for (std::size_t b = 0; b < rows.blocks(); ++b) {
    const ScoredRows::Block block = rows.block(b);
    if constexpr (std::is_floating_point_v<Weight>) {
      sums.add(block, block.weights);
    } else {
      sums.add(block, std::span(once).first(block.scores.size()));
    }
  }
  std::vector<double> values(kScoreMetrics.size() * (rows.groups() + 1), kUndefined);
  sums.values(values);
  return values;
}

}  // namespace

ScoreAudit audit_scores(const ScoredRows& rows, const ContingencyTable& groups) {
  const std::size_t line = groups.cells() + 1;
  std::vector<double> values =
      rows.weighted() ? values_of<double>(rows) : values_of<std::uint16_t>(rows);
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
  audit.calibration = calibration_of(rows);
  return audit;
}

}  // namespace af::audit
