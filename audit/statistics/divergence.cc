#include "audit/statistics/divergence.h"

#include <boost/math/special_functions/log1p.hpp>
#include <cmath>
#include <numbers>
#include <numeric>

namespace af::audit {
namespace {

constexpr const char* kPlugIn = "none: a plug-in value";

double sum_of(std::span<const std::uint64_t> counts) {
  return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
}

/// a log(a / b) - a + b >= 0, a > 0, accurate for b near a and for b near 0.
/// @param ratio, excess  b / a, and b / a - 1 without cancellation.
double divergence_term(double a, double ratio, double excess) {
  // Near 1 the logarithm would cancel; far from it Boost's series is slow.
  constexpr double kNothingCancels = 0.1;
  return -a * (std::abs(excess) > kNothingCancels ? std::log(ratio) - excess
                                                  : boost::math::log1pmx(excess));
}

double divergence_term(double a, double b) {
  return a == 0 ? b : divergence_term(a, b / a, (b - a) / a);
}

}  // namespace

double entropy(std::span<const std::uint64_t> counts) {
  const double total = sum_of(counts);
  double sum = 0;
  for (const std::uint64_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / total;
    sum -= share * std::log(share);
  }
  return sum;
}

double mutual_information(const TwoWayTable& table) {
  const auto rows = table.row_sums();
  const auto columns = table.column_sums();
  const auto total = static_cast<long double>(table.total());
  double sum = 0;
  for (std::size_t i = 0; i < table.rows; ++i) {
    for (std::size_t j = 0; j < table.columns; ++j) {
      if (rows[i] == 0 || columns[j] == 0) continue;
      // The observed and the expected counts have the same sum: adding their differences to the
      // terms changes nothing but makes each of them of second order.
      const long double product =
          static_cast<long double>(rows[i]) * static_cast<long double>(columns[j]);
      const long double here = static_cast<long double>(table.at(i, j)) * total;
      // Exact in 64 bits of mantissa up to 10^9 rows, where the expected count itself is rounded.
      sum += here == 0 ? static_cast<double>(product / total)
                       : divergence_term(static_cast<double>(table.at(i, j)),
                                         static_cast<double>(product / here),
                                         static_cast<double>((product - here) / here));
    }
  }
  return total == 0 ? 0.0 : sum / static_cast<double>(total);
}

Estimate normalised_pmi(std::uint64_t here, std::uint64_t row, std::uint64_t column,
                        std::uint64_t total) {
  if (row == 0 || column == 0) return undefined("The class or the group has no rows.");
  if (here == total) return undefined("All rows are in one cell.");
  if (here == 0) return without_interval(-1, kPlugIn);
  const auto joint = static_cast<double>(here);
  const auto all = static_cast<double>(total);
  const double pmi =
      std::log(joint / static_cast<double>(row) * (all / static_cast<double>(column)));
  return without_interval(pmi / -std::log(joint / all), kPlugIn);
}

double total_variation(std::span<const std::uint64_t> first,
                       std::span<const std::uint64_t> second) {
  const double n = sum_of(first);
  const double m = sum_of(second);
  double sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    sum += std::abs(static_cast<double>(first[i]) / n - static_cast<double>(second[i]) / m);
  }
  return sum / 2;
}

double jensen_shannon(std::span<const std::uint64_t> first, std::span<const std::uint64_t> second) {
  const double n = sum_of(first);
  const double m = sum_of(second);
  double sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double p = static_cast<double>(first[i]) / n;
    const double q = static_cast<double>(second[i]) / m;
    const double middle = (p + q) / 2;
    if (middle > 0) sum += divergence_term(p, middle) + divergence_term(q, middle);
  }
  return sum / (2 * std::numbers::ln2);
}

Estimate population_stability_index(std::span<const std::uint64_t> first,
                                    std::span<const std::uint64_t> second) {
  const double n = sum_of(first);
  const double m = sum_of(second);
  double sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == 0 && second[i] == 0) continue;
    if (first[i] == 0 || second[i] == 0) {
      return undefined("A cell has rows on one side only, so that its term is infinite.");
    }
    const double p = static_cast<double>(first[i]) / n;
    const double q = static_cast<double>(second[i]) / m;
    sum += (p - q) * std::log(p / q);
  }
  return without_interval(sum, kPlugIn);
}

}  // namespace af::audit
