#include "tests/audit/statistics/coverage.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <vector>

#include "audit/runs/heuristic_comparison.h"
#include "audit/runs/run_drift.h"
#include "audit/statistics/association.h"
#include "audit/statistics/fisher_test.h"
#include "audit/statistics/hypergeometric.h"
#include "audit/statistics/independence.h"
#include "audit/statistics/multiple_testing.h"
#include "audit/statistics/paired_tests.h"
#include "audit/statistics/random_table.h"
#include "audit/statistics/ratio_interval.h"
#include "core/random.h"

namespace af::audit {
namespace {

constexpr double kNegligible = 1e-12;
constexpr double kLevel = 0.05;

bool covers(const Interval& interval, double value) {
  // At the ends of the range rounding must not decide.
  constexpr double kRounding = 1e-12;
  return interval.low <= value + kRounding && value <= interval.high + kRounding;
}

bool always(std::uint64_t, std::uint64_t) { return true; }

TwoWayTable two_groups(std::uint64_t n, std::uint64_t x, std::uint64_t y) {
  return {.rows = 2, .columns = 2, .counts = {x, y, n - x, n - y}};
}

/// Adds one of four cells, with these cumulative probabilities.
std::size_t cell_of(double uniform, const std::array<double, 4>& cumulative) {
  return static_cast<std::size_t>(
      std::ranges::find_if(cumulative, [&](double end) { return uniform < end; }) -
      cumulative.begin());
}

Proportion proportion(std::uint64_t successes, std::uint64_t trials) {
  return {.successes = static_cast<double>(successes), .trials = static_cast<double>(trials)};
}

}  // namespace

double binomial_probability(std::uint64_t n, double p, std::uint64_t x) {
  return boost::math::pdf(boost::math::binomial(static_cast<double>(n), p), static_cast<double>(x));
}

double binomial_coverage(std::uint64_t n, double p, IntervalMethod method) {
  double sum = 0;
  for (std::uint64_t x = 0; x <= n; ++x) {
    if (covers(binomial_interval(proportion(x, n), method), p))
      sum += binomial_probability(n, p, x);
  }
  return sum;
}

double probability_of(std::uint64_t n, double p, double q, const Outcome& event,
                      const Outcome& counted) {
  double sum = 0;
  double all = 0;
  for (std::uint64_t x = 0; x <= n; ++x) {
    const double at_x = binomial_probability(n, p, x);
    if (at_x < kNegligible) continue;
    for (std::uint64_t y = 0; y <= n; ++y) {
      const double at_y = binomial_probability(n, q, y);
      if (at_y < kNegligible || !counted(x, y)) continue;
      all += at_x * at_y;
      if (event(x, y)) sum += at_x * at_y;
    }
  }
  return sum / all;
}

double newcombe_coverage(std::uint64_t n, double p, double q) {
  const auto event = [&](std::uint64_t x, std::uint64_t y) {
    return covers(newcombe(proportion(x, n), proportion(y, n)), p - q);
  };
  return probability_of(n, p, q, event, always);
}

double koopman_coverage(std::uint64_t n, double p, double q) {
  const auto event = [&](std::uint64_t x, std::uint64_t y) {
    return covers(koopman(proportion(x, n), proportion(y, n)), p / q);
  };
  return probability_of(n, p, q, event, [](std::uint64_t, std::uint64_t y) { return y > 0; });
}

double cramers_v_coverage(std::uint64_t n, double v, std::uint64_t replicates) {
  const double same = (1 + v) / 4;
  const std::array cumulative{same, 0.5, 1 - same, 1.0};
  std::uint64_t covered = 0;
  std::uint64_t defined = 0;
  for (std::uint64_t i = 0; i < replicates; ++i) {
    Stream stream(11, Purpose::kTest, i);
    TwoWayTable table{.rows = 2, .columns = 2, .counts = {0, 0, 0, 0}};
    for (std::uint64_t row = 0; row < n; ++row)
      ++table.counts[cell_of(stream.uniform(), cumulative)];
    const Estimate estimate = corrected_cramers_v(table);
    if (!estimate.value) continue;
    ++defined;
    if (covers({*estimate.low, *estimate.high}, v)) ++covered;
  }
  return static_cast<double>(covered) / static_cast<double>(defined);
}

double false_positives(std::uint64_t n, double p, const PValue& test) {
  const auto event = [&](std::uint64_t x, std::uint64_t y) {
    if (x + y == 0 || x + y == 2 * n) return false;  // Nothing to test: no alarm.
    return test(two_groups(n, x, y)) <= kLevel;
  };
  return probability_of(n, p, p, event, always);
}

double hypergeometric_false_positives(std::uint64_t pool, std::uint64_t cell,
                                      std::uint64_t labelled) {
  const Hypergeometric of{.population = pool, .successes = cell, .draws = labelled};
  double sum = 0;
  for (std::uint64_t x = of.lowest(); x <= of.highest(); ++x) {
    if (two_sided_p(of, x) <= kLevel) sum += std::exp(of.log_probability(x));
  }
  return sum;
}

double drift_false_alarms(std::uint64_t steps, std::uint64_t per_step, std::uint64_t replicates) {
  ContingencyTable pool({{.name = "g", .values = {"a", "b", "c", "d"}}});
  const std::vector<std::uint64_t> sizes{900, 100, 100, 900};
  for (std::size_t cell = 0; cell < sizes.size(); ++cell) pool.add(cell, sizes[cell]);
  std::uint64_t alarms = 0;
  for (std::uint64_t i = 0; i < replicates; ++i) {
    Stream stream(13, Purpose::kTest, i);
    std::vector<std::uint64_t> blocks(steps, per_step);
    blocks.push_back(pool.total() - steps * per_step);
    const TwoWayTable drawn = random_table(blocks, sizes, stream);
    std::vector<ContingencyTable> labelled;
    ContingencyTable sum(pool.factors());
    for (std::size_t step = 0; step < steps; ++step) {
      for (std::size_t cell = 0; cell < sizes.size(); ++cell) sum.add(cell, drawn.at(step, cell));
      labelled.push_back(sum);
    }
    if (first_drift(pool, labelled).any) ++alarms;
  }
  return static_cast<double>(alarms) / static_cast<double>(replicates);
}

double all_cells_false_positives(std::uint64_t n, std::uint64_t replicates) {
  const std::vector<std::uint64_t> sizes{900, 100, 100, 900};
  std::uint64_t alarms = 0;
  for (std::uint64_t i = 0; i < replicates; ++i) {
    Stream stream(23, Purpose::kTest, i);
    const TwoWayTable table = random_table({n, 2'000 - n}, sizes, stream);
    if (*fisher_test(table, {.seed = 1'000 + i}).p_value <= kLevel) ++alarms;
  }
  return static_cast<double>(alarms) / static_cast<double>(replicates);
}

double smallest_of_three_by_holm(const TwoWayTable& table) {
  const std::vector<double> adjusted =
      holm({*chi_square_test(table).p_value, *g_test(table).p_value, *fisher_test(table).p_value});
  return *std::ranges::min_element(adjusted);
}

PairedErrors paired_false_positives(std::uint64_t n, std::uint64_t replicates) {
  PairedErrors errors;
  const double one = 1 / static_cast<double>(replicates);
  for (std::uint64_t i = 0; i < replicates; ++i) {
    Stream stream(17, Purpose::kTest, i);
    std::vector<double> differences(n);
    for (double& d : differences) d = stream.normal();
    if (*paired_t_test(differences).p_value <= kLevel) errors.t += one;
    if (*signed_rank_test(differences).p_value <= kLevel) errors.signed_ranks += one;
  }
  return errors;
}

PairedErrors compared_false_positives(std::uint64_t n, std::uint64_t replicates) {
  constexpr std::size_t kHeuristics = 4;
  PairedErrors errors;
  const double one = 1 / static_cast<double>(replicates);
  for (std::uint64_t i = 0; i < replicates; ++i) {
    Stream stream(29, Purpose::kTest, i);
    SeedValues values{.measure = "m", .values = {}};
    values.values.resize(kHeuristics);
    for (std::uint64_t seed = 0; seed < n; ++seed) {
      const double shared = stream.normal();
      for (auto& of_heuristic : values.values) of_heuristic.push_back(shared + stream.normal());
    }
    bool t = false;
    bool ranks = false;
    for (const PairedComparison& pair : compare_heuristics({values})) {
      t = t || *pair.t_test.p_holm <= kLevel;
      ranks = ranks || *pair.signed_ranks.p_holm <= kLevel;
    }
    if (t) errors.t += one;
    if (ranks) errors.signed_ranks += one;
  }
  return errors;
}

double simulated_fisher_false_positives(std::uint64_t n, std::uint64_t replicates) {
  std::uint64_t alarms = 0;
  for (std::uint64_t i = 0; i < replicates; ++i) {
    Stream stream(19, Purpose::kTest, i);
    TwoWayTable table{.rows = 3, .columns = 4, .counts = std::vector<std::uint64_t>(12, 0)};
    for (std::uint64_t row = 0; row < n; ++row)
      ++table.counts[stream.below(3) * 4 + stream.below(4)];
    const FisherOptions simulate{
        .max_steps = 0, .replicates = 199, .fewest_replicates = 199, .seed = 1'000 + i};
    if (*fisher_test(table, simulate).p_value <= kLevel) ++alarms;
  }
  return static_cast<double>(alarms) / static_cast<double>(replicates);
}

}  // namespace af::audit
