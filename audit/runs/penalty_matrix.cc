#include "audit/runs/penalty_matrix.h"

#include <span>

#include "audit/statistics/paired_tests.h"

namespace af::audit {
namespace {

constexpr double kLevel = 0.05;

using Values = std::vector<std::optional<double>>;

bool is_better(const Values& one, const Values& other) {
  std::vector<double> differences;
  double sum = 0;
  for (std::size_t seed = 0; seed < one.size(); ++seed) {
    if (!one[seed] || !other[seed]) return false;
    differences.push_back(*one[seed] - *other[seed]);
    sum += differences.back();
  }
  const TestResult test = paired_t_test(differences);
  return sum > 0 && test.p_value && *test.p_value < kLevel;
}

}  // namespace

double PenaltyMatrix::mean_against(std::size_t heuristic) const {
  double sum = 0;
  for (const std::vector<double>& row : shares) sum += row[heuristic];
  return sum / static_cast<double>(shares.size() - 1);
}

PenaltyMatrix penalty_matrix(const std::vector<SeedValues>& steps) {
  const std::size_t heuristics = steps.front().values.size();
  PenaltyMatrix matrix{.measure = steps.front().measure,
                       .steps = steps.size() - 1,
                       .shares = {heuristics, std::vector<double>(heuristics)}};
  for (std::size_t i = 0; i < heuristics; ++i) {
    for (std::size_t j = 0; j < heuristics; ++j) {
      std::size_t better = 0;
      for (const SeedValues& step : std::span(steps).subspan(1)) {
        if (i != j && is_better(step.values[i], step.values[j])) ++better;
      }
      matrix.shares[i][j] = static_cast<double>(better) / static_cast<double>(matrix.steps);
    }
  }
  return matrix;
}

}  // namespace af::audit
