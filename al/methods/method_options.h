#pragma once

#include <array>
#include <cstdint>
#include <utility>

namespace af::al::methods {

/// How REPAIR picks the rows that it keeps by their weights (repair.h).
enum class RepairKeep { kThreshold, kRank, kClassRank, kSample, kUniform };
constexpr auto enum_names(RepairKeep) {
  return std::array{
      std::pair{RepairKeep::kThreshold, "threshold"}, std::pair{RepairKeep::kRank, "rank"},
      std::pair{RepairKeep::kClassRank, "class-rank"}, std::pair{RepairKeep::kSample, "sample"},
      std::pair{RepairKeep::kUniform, "uniform"}};
}

struct RepairOptions {
  std::int64_t epochs = 200;    ///< Over the labelled rows, at least 1.
  double learning_rate = .001;  ///< Of the linear model, above 0.
  double weight_rate = 10;      ///< Of the rows' weights, above 0.
  RepairKeep keep = RepairKeep::kSample;
  double threshold = .5;   ///< Of the threshold, in [0, 1).
  double keep_ratio = .5;  ///< Of rank, class-rank and uniform, in (0, 1].
};

/// What can be set about training methods; each looks at its own.
struct MethodOptions {
  double adversary_weight = .5;    ///< lambda of GRAD, above 0.
  double group_dro_step = .01;     ///< eta_q of GroupDRO, above 0.
  std::int64_t jtt_epochs = 2;     ///< Of the first network of JTT, at least 1.
  std::int64_t jtt_upweight = 20;  ///< lambda_up of JTT, at least 1.
  RepairOptions repair;
};

}  // namespace af::al::methods
