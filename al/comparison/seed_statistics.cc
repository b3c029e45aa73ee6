#include "al/comparison/seed_statistics.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace af::al {
namespace {

using Value = std::optional<double>;
using boost::math::students_t;

/// Differences below this (relative to their mean, at least 1) are rounding.
constexpr double kRounding = 1e-12;

}  // namespace

SeedStatistic over_seeds(const std::vector<Value>& values) {
  if (values.empty()) return {.reason = "there is no seed"};
  if (!std::ranges::all_of(values, &Value::has_value)) {
    return {.reason = "it is undefined for a seed"};
  }
  const auto count = static_cast<double>(values.size());
  double mean = 0;
  for (const Value& value : values) mean += *value / count;
  if (values.size() == 1) return {.mean = mean, .reason = "one seed has no spread"};
  double squares = 0;
  for (const Value& value : values) squares += (*value - mean) * (*value - mean);
  const double deviation = std::sqrt(squares / (count - 1));
  const double half =
      boost::math::quantile(students_t(count - 1), .975) * deviation / std::sqrt(count);
  return {
      .mean = mean, .deviation = deviation, .low = mean - half, .high = mean + half, .reason = {}};
}

PairedTest paired_test(const std::vector<Value>& first, const std::vector<Value>& second) {
  std::vector<Value> differences;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    differences.push_back(first[i] && second[i] ? Value(*first[i] - *second[i]) : std::nullopt);
  }
  PairedTest test{.difference = over_seeds(differences)};
  if (!test.difference.deviation) {
    test.reason = test.difference.reason;
    return test;
  }
  const double mean = *test.difference.mean;
  if (*test.difference.deviation <= kRounding * std::max(1.0, std::abs(mean))) {
    test.reason = "the difference is the same for all seeds";
    return test;
  }
  const auto count = static_cast<double>(differences.size());
  test.t = mean / (*test.difference.deviation / std::sqrt(count));
  test.p = 2 * boost::math::cdf(complement(students_t(count - 1), std::abs(*test.t)));
  return test;
}

void adjust_by_holm(std::vector<PairedTest>& family) {
  std::vector<PairedTest*> tests;
  for (PairedTest& test : family) {
    if (test.p) tests.push_back(&test);
  }
  std::ranges::stable_sort(tests, {}, [](const PairedTest* test) { return *test->p; });
  double largest = 0;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const double scaled = static_cast<double>(tests.size() - i) * *tests[i]->p;
    largest = std::max(largest, std::min(1.0, scaled));
    tests[i]->p_holm = largest;
  }
}

}  // namespace af::al
