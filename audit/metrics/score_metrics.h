#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "audit/counts/scored_rows.h"
#include "audit/metrics/metric_frame.h"

/// Metrics of scores, by group.
///   log_loss   mean of -ln(probability given to the label); undefined if a label was given 0
///   roc_auc    P(a positive row scores higher than a negative one), ties counted half: Hanley and
///              McNeil 1982; undefined without rows of both labels
///   expected_calibration_error
///              sum over ten bins of equal width of share x |share of positives - mean score|:
///              Naeini et al. 2015, "Obtaining well calibrated probabilities using Bayesian
///              binning"
///   mean_score
namespace af::audit {

inline constexpr std::array kScoreMetrics{"log_loss", "roc_auc", "expected_calibration_error",
                                          "mean_score"};

/// Sums over rows that come in ascending order of score, each with a weight.
class ScoreSums {
 public:
  explicit ScoreSums(std::size_t groups);
  void clear();
  void add(const ScoredRows& rows, std::size_t first, std::span<const std::uint16_t> weights);
  /// [kScoreMetrics, G + 1], overall last; NaN where undefined, infinite log losses as they are.
  void values(std::span<double> out) const;

  /// Rows, sum of scores and positives of a bin.
  struct Bin {
    double rows = 0;
    double score = 0;
    double positives = 0;
  };
  [[nodiscard]] const Bin& bin(std::size_t group, std::size_t bin) const {
    return bins_[group * ScoredRows::kBins + bin];
  }

 private:
  /// Pairs of a positive and a negative row, counted as rows come; ties half.
  struct Pairs {
    double negatives_before = 0;  ///< With a smaller score.
    double negatives_tied = 0;
    double positives_tied = 0;
    double positives = 0;
    double won = 0;
    std::uint64_t tie = 0;  ///< Number of the tie that the two above are of.
  };
  static void add_to(Pairs& pairs, bool positive, double weight, std::uint64_t tie);
  static double auc(const Pairs& pairs);

  std::size_t groups_;
  std::uint64_t tie_ = 0;
  std::vector<Pairs> pairs_;    ///< [G + 1]
  std::vector<double> losses_;  ///< [G]
  std::vector<Bin> bins_;       ///< [G, kBins]
};

/// One bin of a group: how often its rows are positive, and what was promised.
struct CalibrationBin {
  std::size_t group = 0;
  double from = 0;  ///< Scores in [from, to), in the last bin in [from, to].
  double to = 0;
  std::uint64_t rows = 0;
  Estimate mean_score;
  Estimate positives;  ///< Share with its Wilson interval.
};

struct ScoreAudit {
  MetricFrame frame;  ///< kScoreMetrics.
  std::vector<DisparityDefinition> definitions;
  std::vector<Disparity> disparities;  ///< Of `definitions`.
  std::vector<CalibrationBin> calibration;
};

/// @param groups  Rows by group.
[[nodiscard]] ScoreAudit audit_scores(const ScoredRows& rows, const ContingencyTable& groups);

}  // namespace af::audit
