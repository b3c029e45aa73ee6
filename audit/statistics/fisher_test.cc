#include "audit/statistics/fisher_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "audit/statistics/hypergeometric.h"
#include "audit/statistics/independence.h"
#include "audit/statistics/random_table.h"

namespace af::audit {
namespace {

void simulate(const TwoWayTable& table, const FisherOptions& options, TestResult& result) {
  const std::uint64_t tables =
      std::min<std::uint64_t>(options.replicates, options.max_cells / table.counts.size());
  if (tables < options.fewest_replicates) {
    result.method.clear();
    result.reason = fmt::format("The table has {} cells; random tables are drawn up to {}.",
                                table.counts.size(), options.max_cells / options.fewest_replicates);
    return;
  }
  const auto rows = table.row_sums();
  const auto columns = table.column_sums();
  const double limit = log_cells(table) + std::log1p(kTieTolerance);
  std::uint64_t as_improbable = 1;
  for (std::uint64_t i = 0; i < tables; ++i) {
    Stream stream(options.seed, Purpose::kMonteCarloTest, i);
    if (log_cells(random_table(rows, columns, stream)) <= limit) ++as_improbable;
  }
  const auto replicates = static_cast<double>(tables);
  const double p = static_cast<double>(as_improbable) / (1 + replicates);
  result.p_value = p;
  result.standard_error = std::sqrt(p * (1 - p) / replicates);
  result.method = fmt::format("Monte Carlo, {} tables", tables);
}

}  // namespace

TestResult fisher_test(const TwoWayTable& table, const FisherOptions& options) {
  const TwoWayTable kept = table.without_empty();
  TestResult result{.test = "fisher", .method = "exact"};
  if (auto reason = not_testable(kept)) {
    result.method.clear();
    result.reason = *reason;
    return result;
  }
  if (kept.rows == 2 && kept.columns == 2) {
    const auto rows = kept.row_sums();
    const auto columns = kept.column_sums();
    result.p_value = two_sided_p(
        {.population = kept.total(), .successes = columns[0], .draws = rows[0]}, kept.at(0, 0));
    return result;
  }
  result.p_value = exact_table_p(kept, options.max_steps);
  if (!result.p_value) simulate(kept, options, result);
  return result;
}

}  // namespace af::audit
