#include "audit/statistics/random_table.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace af::audit {
namespace {

constexpr std::uint64_t kFewCounts = 12;

std::uint64_t by_inversion(const Hypergeometric& of, Stream& stream) {
  std::uint64_t k = of.lowest();
  double probability = std::exp(of.log_probability(k));
  for (double left = stream.uniform() - probability; left >= 0 && k < of.highest(); ++k) {
    probability *= of.ratio(k);
    left -= probability;
  }
  return k;
}

std::uint64_t by_ratio_of_uniforms(const Hypergeometric& of, Stream& stream) {
  static const double kWidth = 2 * std::sqrt(2 / std::numbers::e);
  static const double kExtra = 3 - 2 * std::sqrt(3 / std::numbers::e);
  const auto population = static_cast<double>(of.population);
  const double p = static_cast<double>(of.successes) / population;
  const double variance = static_cast<double>(of.draws) * p * (1 - p) *
                          static_cast<double>(of.population - of.draws) / (population - 1);
  const double centre = of.mean() + 0.5;
  const double width = kWidth * std::sqrt(variance + 0.5) + kExtra;
  const double log_mode = of.log_weight(of.mode());
  const auto lowest = static_cast<double>(of.lowest());
  const auto beyond = static_cast<double>(of.highest()) + 1;
  while (true) {
    const double u = 1 - stream.uniform();  // On (0, 1]: it divides.
    const double x = centre + width * (stream.uniform() - 0.5) / u;
    if (!(x >= lowest && x < beyond)) continue;
    const auto k = static_cast<std::uint64_t>(x);
    if (2 * std::log(u) <= of.log_weight(k) - log_mode) return k;
  }
}

}  // namespace

std::uint64_t draw(const Hypergeometric& distribution, Stream& stream) {
  const std::uint64_t possible = distribution.highest() - distribution.lowest();
  if (possible == 0) return distribution.lowest();
  return possible < kFewCounts ? by_inversion(distribution, stream)
                               : by_ratio_of_uniforms(distribution, stream);
}

TwoWayTable random_table(const std::vector<std::uint64_t>& row_sums,
                         const std::vector<std::uint64_t>& column_sums, Stream& stream) {
  TwoWayTable table{.rows = row_sums.size(), .columns = column_sums.size(), .counts = {}};
  table.counts.resize(table.rows * table.columns, 0);
  std::vector<std::uint64_t> columns_left = column_sums;
  for (std::size_t i = 0; i < table.rows; ++i) {
    std::uint64_t row_left = row_sums[i];
    std::uint64_t population =
        std::accumulate(columns_left.begin(), columns_left.end(), std::uint64_t{0});
    for (std::size_t j = 0; j < table.columns && row_left > 0; ++j) {
      const std::uint64_t count =
          draw({.population = population, .successes = columns_left[j], .draws = row_left}, stream);
      population -= columns_left[j];
      table.counts[i * table.columns + j] = count;
      columns_left[j] -= count;
      row_left -= count;
    }
  }
  return table;
}

}  // namespace af::audit
