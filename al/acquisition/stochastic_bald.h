#pragma once

#include "al/acquisition/heuristic.h"
#include "al/acquisition/heuristic_options.h"

/// BALD with noise, so that the rows of one query are not all alike: of rows with BALD scores s
/// each takes the k highest of a weight's logarithm plus Gumbel noise of scale 1 / beta, with beta
/// the coldness. That draws k rows without replacement, with probabilities proportional to
///   PowerBALD     s^beta            log s + G / beta
///   SoftmaxBALD   e^(beta s)        s + G / beta
///   SoftRankBALD  rank^-beta        -log rank + G / beta,  rank 1 the highest s
/// where G is the noise of gumbel_noise.h. The score on record is the perturbed one.
/// Source: Kirsch et al. 2021, "Stochastic batch acquisition" (arXiv:2106.12059), Table 1.
namespace af::al::acquisition {

/// A score of BALD that rounding left at or below 0 counts as the least positive number: those
/// rows come last, in a random order.
[[nodiscard]] std::vector<double> power_log_weights(std::span<const double> scores);
/// Ranks among all the scores; equal ones are ranked by index.
[[nodiscard]] std::vector<double> soft_rank_log_weights(std::span<const double> scores);

class PowerBald final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true, .dropout = true};
  explicit PowerBald(const HeuristicOptions& options) : coldness_(options.coldness) {}
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override;

 private:
  double coldness_;
};

class SoftmaxBald final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true, .dropout = true};
  explicit SoftmaxBald(const HeuristicOptions& options) : coldness_(options.coldness) {}
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override;

 private:
  double coldness_;
};

class SoftRankBald final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true, .dropout = true};
  explicit SoftRankBald(const HeuristicOptions& options) : coldness_(options.coldness) {}
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override;

 private:
  double coldness_;
};

}  // namespace af::al::acquisition
