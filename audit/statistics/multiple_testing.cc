#include "audit/statistics/multiple_testing.h"

#include <algorithm>
#include <numeric>

namespace af::audit {

std::vector<double> holm(const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto factor = static_cast<double>(p.size() - rank);
    largest = std::max(largest, std::min(1.0, factor * p[order[rank]]));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

void adjust_by_holm(const std::vector<TestResult*>& family) {
  std::vector<TestResult*> tested;
  std::vector<double> p;
  for (TestResult* const test : family) {
    if (!test->p_value) continue;
    tested.push_back(test);
    p.push_back(*test->p_value);
  }
  const std::vector<double> adjusted = holm(p);
  for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->p_holm = adjusted[i];
}

}  // namespace af::audit
