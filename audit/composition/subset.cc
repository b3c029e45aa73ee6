#include "audit/composition/subset.h"

#include <fmt/format.h>

#include <cassert>

#include "audit/statistics/divergence.h"
#include "audit/statistics/fisher_test.h"
#include "audit/statistics/hypergeometric.h"
#include "audit/statistics/multiple_testing.h"
#include "core/errors.h"

namespace af::audit {
namespace {

Estimate representation(const SubsetCell& cell, IntervalMethod method) {
  if (cell.pool == 0) return undefined("The pool has no rows of this cell.");
  const double pool_share = *cell.pool_share.value;
  return {.value = *cell.labelled_share.value / pool_share,
          .low = *cell.labelled_share.low / pool_share,
          .high = *cell.labelled_share.high / pool_share,
          .reason = {},
          .interval = fmt::format("95 % {} interval of the labelled share over the pool's share",
                                  interval_words(method))};
}

SubsetCell compare(const WeightedRows& pool, const WeightedRows& pool_rows,
                   const WeightedRows& labelled, const WeightedRows& labelled_rows,
                   IntervalMethod method) {
  const double pool_share = pool.weight / pool_rows.weight;
  SubsetCell cell{.pool = static_cast<std::uint64_t>(pool.rows),
                  .labelled = static_cast<std::uint64_t>(labelled.rows),
                  .pool_share = without_interval(pool_share, "none: the whole pool was counted"),
                  .labelled_share = estimate(labelled, labelled_rows, "labelled rows", method),
                  .expected = labelled_rows.weight * pool_share,
                  .representation = {}};
  cell.representation = representation(cell, method);
  return cell;
}

TestResult multivariate_test(const ContingencyTable& pool, const ContingencyTable& labelled) {
  if (pool.weighted()) {
    return {.test = "multivariate_hypergeometric", .reason = kNoTestOfWeights};
  }
  TwoWayTable table{.rows = 2, .columns = pool.cells(), .counts = labelled.proportions()};
  for (std::size_t cell = 0; cell < pool.cells(); ++cell) {
    table.counts.push_back(pool.count(cell) - labelled.count(cell));
  }
  TestResult result = fisher_test(table);
  result.test = "multivariate_hypergeometric";
  if (labelled.total() == pool.total()) {
    result.reason = "The whole pool is labelled.";
  } else if (table.without_empty().columns < 2) {
    result.reason = "The pool has rows in one cell only.";
  }
  return result;
}

}  // namespace

std::vector<TestResult> hypergeometric_tests(const ContingencyTable& pool,
                                             const ContingencyTable& labelled) {
  const std::uint64_t population = pool.total();
  const std::uint64_t draws = labelled.total();
  std::vector<TestResult> tests;
  std::vector<TestResult*> family;
  for (std::size_t cell = 0; cell < pool.cells(); ++cell) {
    const std::uint64_t in_pool = pool.count(cell);
    const std::uint64_t in_labelled = labelled.count(cell);
    if (in_labelled > in_pool) {
      throw InputError(fmt::format("{} has {} labelled rows, expected at most the {} of the pool",
                                   pool.cell_name(cell), in_labelled, in_pool));
    }
    TestResult& test = tests.emplace_back(TestResult{.test = "hypergeometric"});
    if (in_pool == 0) {
      test.reason = "The pool has no rows of this cell.";
      continue;
    }
    if (pool.weighted()) {
      test.reason = kNoTestOfWeights;
      continue;
    }
    test.method = "exact";
    test.p_value =
        two_sided_p({.population = population, .successes = in_pool, .draws = draws}, in_labelled);
  }
  for (TestResult& test : tests) family.push_back(&test);
  adjust_by_holm(family);
  return tests;
}

Drift drift_between(const ContingencyTable& pool, const ContingencyTable& labelled) {
  const auto all = pool.proportions();
  const auto part = labelled.proportions();
  Drift drift{.total_variation = total_variation(part, all),
              .jensen_shannon = jensen_shannon(part, all),
              .psi = population_stability_index(part, all)};
  if (pool.weighted()) return drift;
  double expected = 0;
  Hypergeometric at_random{.population = pool.total(), .draws = labelled.total()};
  for (const std::uint64_t count : all) {
    at_random.successes = count;
    expected += at_random.mean_absolute_deviation() / (2 * static_cast<double>(at_random.draws));
  }
  drift.total_variation_at_random = expected;
  return drift;
}

SubsetAudit compare_with_pool(ContingencyTable pool, ContingencyTable labelled,
                              IntervalMethod method) {
  assert(pool.factors() == labelled.factors());
  if (pool.total() == 0) throw InputError("the pool has no rows");
  if (labelled.total() == 0) throw InputError("the labelled subset has no rows");
  SubsetAudit audit{.pool = std::move(pool), .labelled = std::move(labelled), .method = method};
  const WeightedRows pool_rows = audit.pool.all_rows();
  const WeightedRows labelled_rows = audit.labelled.all_rows();
  for (std::size_t cell = 0; cell < audit.pool.cells(); ++cell) {
    audit.cells.push_back(compare(audit.pool.rows(cell), pool_rows, audit.labelled.rows(cell),
                                  labelled_rows, method));
  }
  const std::vector<TestResult> tests = hypergeometric_tests(audit.pool, audit.labelled);
  for (std::size_t cell = 0; cell < tests.size(); ++cell) audit.cells[cell].test = tests[cell];
  audit.test = multivariate_test(audit.pool, audit.labelled);
  audit.drift = drift_between(audit.pool, audit.labelled);
  return audit;
}

}  // namespace af::audit
