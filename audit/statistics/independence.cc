#include "audit/statistics/independence.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "audit/statistics/divergence.h"

namespace af::audit {
namespace {

/// Cochran 1954, "Some methods for strengthening the common chi-square tests".
constexpr double kSmallExpected = 5;

const char* method_of(const TwoWayTable& table) {
  return smallest_expected(table) < kSmallExpected ? "doubtful: expected < 5" : "approximate";
}

double degrees_of_freedom(const TwoWayTable& table) {
  return static_cast<double>(table.rows - 1) * static_cast<double>(table.columns - 1);
}

double upper_tail(double statistic, double degrees) {
  return boost::math::gamma_q(degrees / 2, statistic / 2);
}

}  // namespace

std::optional<std::string> not_testable(const TwoWayTable& table) {
  if (table.rows < 2) return "Fewer than two classes have rows.";
  if (table.columns < 2) return "Fewer than two groups have rows.";
  return std::nullopt;
}

double smallest_expected(const TwoWayTable& table) {
  if (table.counts.empty()) return 0;
  const auto rows = table.row_sums();
  const auto columns = table.column_sums();
  return static_cast<double>(*std::ranges::min_element(rows)) / static_cast<double>(table.total()) *
         static_cast<double>(*std::ranges::min_element(columns));
}

PearsonStatistic pearson_statistic(const TwoWayTable& table) {
  const auto rows = table.row_sums();
  const auto columns = table.column_sums();
  const auto total = static_cast<long double>(table.total());
  long double sum = 0;
  for (std::size_t i = 0; i < table.rows; ++i) {
    for (std::size_t j = 0; j < table.columns; ++j) {
      // N n_ij - r_i c_j in 64 bits of mantissa: with 10^9 rows still exact, where the difference
      // of n_ij and its expectation would keep half of its digits.
      const long double product =
          static_cast<long double>(rows[i]) * static_cast<long double>(columns[j]);
      const long double off = static_cast<long double>(table.at(i, j)) * total - product;
      sum += off / product * (off / total);
    }
  }
  return {.value = static_cast<double>(sum), .degrees_of_freedom = degrees_of_freedom(table)};
}

TestResult chi_square_test(const TwoWayTable& table) {
  const TwoWayTable kept = table.without_empty();
  TestResult result{.test = "chi_square"};
  if (auto reason = not_testable(kept)) {
    result.reason = *reason;
    return result;
  }
  const PearsonStatistic pearson = pearson_statistic(kept);
  result.method = method_of(kept);
  result.statistic = pearson.value;
  result.degrees_of_freedom = pearson.degrees_of_freedom;
  result.p_value = upper_tail(pearson.value, pearson.degrees_of_freedom);
  return result;
}

TestResult g_test(const TwoWayTable& table) {
  const TwoWayTable kept = table.without_empty();
  TestResult result{.test = "g"};
  if (auto reason = not_testable(kept)) {
    result.reason = *reason;
    return result;
  }
  result.method = method_of(kept);
  result.statistic = 2 * static_cast<double>(kept.total()) * mutual_information(kept);
  result.degrees_of_freedom = degrees_of_freedom(kept);
  result.p_value = upper_tail(*result.statistic, *result.degrees_of_freedom);
  return result;
}

}  // namespace af::audit
