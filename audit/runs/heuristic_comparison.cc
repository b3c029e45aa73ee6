#include "audit/runs/heuristic_comparison.h"

#include <fmt/format.h>

#include "audit/statistics/multiple_testing.h"
#include "audit/statistics/paired_tests.h"

namespace af::audit {
namespace {

constexpr double kLevel = 0.05;

void withhold(TestResult& test, std::string reason) {
  test.p_value.reset();
  test.method.clear();
  test.reason = std::move(reason);
}

void test_pairs(PairedComparison& pair, const std::vector<double>& differences) {
  const std::size_t n = differences.size();
  pair.t_test = paired_t_test(differences);
  pair.signed_ranks = signed_rank_test(differences);
  if (n < kSeedsForPairedT) {
    withhold(pair.t_test,
             fmt::format("Too few seeds for a paired t test: {}, expected at least {}.", n,
                         kSeedsForPairedT));
  }
  if (smallest_signed_rank_p(n) > kLevel) {
    withhold(pair.signed_ranks,
             fmt::format("Too few seeds for a signed rank test: {} cannot give p below {:g}, "
                         "6 are needed for 0.05.",
                         n, smallest_signed_rank_p(n)));
  }
}

PairedComparison compare(const SeedValues& measure, std::size_t first, std::size_t second) {
  PairedComparison pair{.measure = measure.measure, .first = first, .second = second};
  std::vector<std::optional<double>> differences;
  std::vector<double> defined;
  for (std::size_t seed = 0; seed < measure.values[first].size(); ++seed) {
    const auto& a = measure.values[first][seed];
    const auto& b = measure.values[second][seed];
    differences.push_back(a && b ? std::optional(*a - *b) : std::nullopt);
    if (differences.back()) defined.push_back(*differences.back());
  }
  pair.difference = summarise(differences);
  if (defined.size() == differences.size()) {
    test_pairs(pair, defined);
  } else {
    pair.t_test = {.test = "paired_t", .reason = pair.difference.estimate.reason};
    pair.signed_ranks = {.test = "wilcoxon", .reason = pair.difference.estimate.reason};
  }
  return pair;
}

}  // namespace

std::vector<PairedComparison> compare_heuristics(const std::vector<SeedValues>& measures) {
  std::vector<PairedComparison> pairs;
  for (const SeedValues& measure : measures) {
    for (std::size_t first = 0; first < measure.values.size(); ++first) {
      for (std::size_t second = first + 1; second < measure.values.size(); ++second) {
        pairs.push_back(compare(measure, first, second));
      }
    }
  }
  std::vector<TestResult*> t_tests;
  std::vector<TestResult*> rank_tests;
  for (PairedComparison& pair : pairs) {
    t_tests.push_back(&pair.t_test);
    rank_tests.push_back(&pair.signed_ranks);
  }
  adjust_by_holm(t_tests);
  adjust_by_holm(rank_tests);
  return pairs;
}

}  // namespace af::audit
