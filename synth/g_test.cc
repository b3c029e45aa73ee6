#include "synth/g_test.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace af::synth {
namespace {

constexpr double kLeastExpected = 5.0;

struct Cell {
  double observed = 0.0;
  double expected = 0.0;
};

Cell sum(const Cell& a, const Cell& b) {
  return {a.observed + b.observed, a.expected + b.expected};
}

/// Cells of enough expected rows.
std::vector<Cell> pooled(const std::vector<Cell>& cells) {
  std::vector<Cell> enough;
  Cell rest;
  for (const Cell& cell : cells) {
    if (cell.expected < kLeastExpected) {
      rest = sum(rest, cell);
    } else {
      enough.push_back(cell);
    }
  }
  if (rest.expected >= kLeastExpected || enough.empty()) {
    enough.push_back(rest);
  } else if (rest.expected > 0.0) {
    Cell& smallest = *std::ranges::min_element(enough, {}, &Cell::expected);
    smallest = sum(smallest, rest);
  }
  return enough;
}

}  // namespace

GTest g_test(std::span<const std::uint64_t> counts, std::span<const double> shares, double alpha,
             double effect) {
  const auto n =
      static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  GTest test;
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (shares[i] > 0.0) cells.push_back({static_cast<double>(counts[i]), n * shares[i]});
    if (shares[i] > 0.0 || counts[i] == 0) continue;
    test.statistic = std::numeric_limits<double>::infinity();
    test.p_value = 0.0;
    test.power = 1.0;
    return test;
  }
  cells = pooled(cells);
  if (cells.size() < 2) return test;
  for (const Cell& cell : cells) {
    if (cell.observed > 0.0) {
      test.statistic += 2.0 * cell.observed * std::log(cell.observed / cell.expected);
    }
  }
  test.statistic = std::max(test.statistic, 0.0);  // Rounding may leave it a little below.
  test.degrees = cells.size() - 1;
  const auto degrees = static_cast<double>(test.degrees);
  const boost::math::chi_squared central(degrees);
  test.p_value = boost::math::cdf(boost::math::complement(central, test.statistic));
  const double critical = boost::math::quantile(boost::math::complement(central, alpha));
  const boost::math::non_central_chi_squared shifted(degrees, n * effect * effect);
  test.power = boost::math::cdf(boost::math::complement(shifted, critical));
  return test;
}

}  // namespace af::synth
