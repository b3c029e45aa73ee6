#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "audit/counts/ranked_pairs.h"
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
/// Its position in them. It has no interval: of calibrated scores it is a sum of absolute gaps that
/// are there by chance alone, and replicates, with that chance once more, lie above it. BCa does
/// not mend that: of samples of 1,000 calibrated rows none of its intervals held 0.
inline constexpr std::size_t kCalibrationError = 2;

/// Rows, sum of scores and positives of a bin, by weight.
struct ScoreBin {
  double rows = 0;
  double score = 0;
  double positives = 0;
};

/// Sums over all rows, block by block, each row with a weight.
/// @tparam Weight  std::uint16_t: how often a row is there; double: any weight.
template <class Weight>
class ScoreSums {
 public:
  explicit ScoreSums(std::size_t groups);
  void clear();
  /// @param weights  [rows of the block] In the order in which they lie.
  void add(const ScoredRows::Block& block, std::span<const Weight> weights);
  /// [kScoreMetrics, G + 1], overall last; NaN where undefined. Log losses are without the rows
  /// whose loss is infinite.
  void values(std::span<double> out) const;

  [[nodiscard]] const ScoreBin& bin(std::size_t group, std::size_t bin) const {
    return bins_[group * ScoredRows::kBins + bin];
  }

 private:
  /// Whole numbers add up in the widest type, so that nothing is rounded.
  using Sum = std::conditional_t<std::is_integral_v<Weight>, std::uint64_t, double>;

  void add_run(const ScoredRows::Block& block, const ScoredRows::Run& run,
               std::span<const Weight> weights);

  std::size_t groups_;
  std::vector<RankedPairs<Sum>> pairs_;  ///< [G + 1]
  std::vector<double> losses_;           ///< [G]
  std::vector<ScoreBin> bins_;           ///< [G, kBins]
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

/// @param rows    Weighted ones give weighted metrics; the shares of a calibration bin then have
/// the
///                intervals of their effective numbers of rows.
/// @param groups  Rows by group.
[[nodiscard]] ScoreAudit audit_scores(const ScoredRows& rows, const ContingencyTable& groups);

}  // namespace af::audit
