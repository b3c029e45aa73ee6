#include "audit/metrics/score_metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace af::audit {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

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
  tie_ = 0;
  std::ranges::fill(pairs_, Pairs{});
  std::ranges::fill(losses_, 0.0);
  std::ranges::fill(bins_, Bin{});
}

inline void ScoreSums::add_to(Pairs& pairs, bool positive, double weight, std::uint64_t tie) {
  if (pairs.tie != tie) {
    pairs.negatives_before += pairs.negatives_tied;
    pairs.negatives_tied = pairs.positives_tied = 0;
    pairs.tie = tie;
  }
  if (positive) {
    pairs.won += weight * (pairs.negatives_before + 0.5 * pairs.negatives_tied);
    pairs.positives += weight;
    pairs.positives_tied += weight;
  } else {
    pairs.won += 0.5 * weight * pairs.positives_tied;
    pairs.negatives_tied += weight;
  }
}

double ScoreSums::auc(const Pairs& pairs) {
  // 0/0 without rows of both labels.
  return pairs.won / (pairs.positives * (pairs.negatives_before + pairs.negatives_tied));
}

void ScoreSums::add(const ScoredRows& rows, std::size_t first,
                    std::span<const std::uint16_t> weights) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const ScoredRows::Row& row = rows.rows()[first + i];
    if (!row.ties_with_before) ++tie_;
    if (weights[i] == 0) continue;
    const double weight = weights[i];
    Bin& bin = bins_[row.group * ScoredRows::kBins + row.bin];
    bin.rows += weight;
    bin.score += weight * row.score;
    bin.positives += row.positive ? weight : 0.0;
    losses_[row.group] += weight * rows.losses()[first + i];
    add_to(pairs_[row.group], row.positive, weight, tie_);
    add_to(pairs_[groups_], row.positive, weight, tie_);
  }
}

void ScoreSums::values(std::span<double> out) const {
  const std::size_t line = groups_ + 1;
  std::array<Bin, ScoredRows::kBins> all_bins{};
  double all_loss = 0;
  Bin all;
  const auto put = [&](std::size_t g, double loss, std::span<const Bin> bins, const Bin& total) {
    out[g] = loss / total.rows;
    out[line + g] = auc(pairs_[g]);
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
  sums.add(rows, 0, std::vector<std::uint16_t>(rows.rows().size(), 1));
  const std::size_t line = groups.cells() + 1;
  std::vector<double> values(kScoreMetrics.size() * line, kUndefined);
  sums.values(values);
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
