#include "audit/runs/run_drift.h"

#include "audit/composition/subset.h"

namespace af::audit {

FirstSteps first_drift(const ContingencyTable& pool, std::span<const ContingencyTable> labelled,
                       double alpha) {
  FirstSteps first{.cells = std::vector<std::optional<std::size_t>>(pool.cells()), .any = {}};
  const double spent = alpha / static_cast<double>(labelled.size());
  for (std::size_t step = 0; step < labelled.size(); ++step) {
    const std::vector<TestResult> tests = hypergeometric_tests(pool, labelled[step]);
    for (std::size_t cell = 0; cell < pool.cells(); ++cell) {
      if (!tests[cell].p_holm || *tests[cell].p_holm > spent) continue;
      if (!first.cells[cell]) first.cells[cell] = step;
      if (!first.any) first.any = step;
    }
  }
  return first;
}

}  // namespace af::audit
