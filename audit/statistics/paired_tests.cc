#include "audit/statistics/paired_tests.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

namespace af::audit {
namespace {

double tolerance(std::span<const double> differences) {
  double largest = 0;
  for (const double d : differences) largest = std::max(largest, std::abs(d));
  return largest * kDifferenceTolerance;
}

/// Twice the mean rank of each size, so that ranks of ties are whole.
std::vector<std::uint64_t> doubled_ranks(const std::vector<double>& sizes, double same) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return sizes[i]; });
  std::vector<std::uint64_t> ranks(sizes.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && sizes[order[end]] - sizes[order[end - 1]] <= same) ++end;
    for (std::size_t i = first; i < end; ++i) ranks[order[i]] = first + 1 + end;
    first = end;
  }
  return ranks;
}

/// Share of all signs that give the positive ranks a sum of at most `sum`.
double at_most(const std::vector<std::uint64_t>& ranks, std::uint64_t sum) {
  std::vector<double> share(sum + 1, 0.0);
  share[0] = 1;
  for (const std::uint64_t rank : ranks) {
    for (std::uint64_t s = sum + 1; s-- > 0;) {
      share[s] = (share[s] + (s >= rank ? share[s - rank] : 0.0)) / 2;
    }
  }
  return std::accumulate(share.begin(), share.end(), 0.0);
}

}  // namespace

TestResult paired_t_test(std::span<const double> differences) {
  TestResult result{.test = "paired_t"};
  if (differences.size() < 2) {
    result.reason = "Fewer than two pairs have no spread.";
    return result;
  }
  const auto n = static_cast<double>(differences.size());
  const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) / n;
  double squares = 0;
  for (const double d : differences) squares += (d - mean) * (d - mean);
  const double sd = std::sqrt(squares / (n - 1));
  if (sd <= tolerance(differences)) {
    result.reason = "All pairs have the same difference.";
    return result;
  }
  result.statistic = mean / (sd / std::sqrt(n));
  result.degrees_of_freedom = n - 1;
  result.p_value = 2 * cdf(complement(boost::math::students_t(n - 1), std::abs(*result.statistic)));
  result.method = "Student's t";
  return result;
}

TestResult signed_rank_test(std::span<const double> differences) {
  TestResult result{.test = "wilcoxon"};
  const double zero = tolerance(differences);
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double d : differences) {
    if (std::abs(d) <= zero) continue;
    sizes.push_back(std::abs(d));
    positive.push_back(d > 0);
  }
  if (sizes.empty()) {
    result.reason = "No pair has a difference.";
    return result;
  }
  const auto ranks = doubled_ranks(sizes, zero);
  std::uint64_t above = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) above += positive[i] ? ranks[i] : 0;
  const std::uint64_t all = std::accumulate(ranks.begin(), ranks.end(), std::uint64_t{0});
  const std::uint64_t smaller = std::min(above, all - above);
  result.statistic = static_cast<double>(smaller) / 2;
  result.p_value = std::min(1.0, 2 * at_most(ranks, smaller));
  result.method = "exact";
  return result;
}

double smallest_signed_rank_p(std::size_t n) {
  return n == 0 ? 1.0 : std::exp2(1 - static_cast<double>(n));
}

}  // namespace af::audit
