#include "audit/composition/simpson.h"

#include <algorithm>
#include <array>

#include "audit/statistics/interval.h"

namespace af::audit {
namespace {

/// Rows of one class and of all classes, by group value and stratum.
struct Rates {
  std::size_t groups;
  std::size_t strata;
  std::vector<Proportion> by_stratum;  ///< [groups, strata]
  std::vector<Proportion> overall;     ///< [groups]
};

void add(Proportion& to, std::uint64_t successes, std::uint64_t trials) {
  to.successes += successes;
  to.trials += trials;
}

/// @param cube   Class, group, stratum.
/// @param plane  The same without the class.
Rates rates_of(const ContingencyTable& cube, const ContingencyTable& plane,
               std::size_t target_value) {
  const std::size_t groups = cube.factors()[1].values.size();
  const std::size_t strata = cube.factors()[2].values.size();
  Rates rates{.groups = groups,
              .strata = strata,
              .by_stratum = std::vector<Proportion>(groups * strata),
              .overall = std::vector<Proportion>(groups)};
  for (std::size_t here = 0; here < plane.cells(); ++here) {
    const std::uint64_t of_class = cube.count(target_value * plane.cells() + here);
    add(rates.by_stratum[here], of_class, plane.count(here));
    add(rates.overall[here / strata], of_class, plane.count(here));
  }
  return rates;
}

/// Sign of a's share minus b's, by cross products, so that equal shares are equal. Both have rows.
int order(Proportion a, Proportion b) {
  const auto product = [](std::uint64_t x, std::uint64_t y) {
    return static_cast<long double>(x) * static_cast<long double>(y);
  };
  const long double left = product(a.successes, b.trials);
  const long double right = product(b.successes, a.trials);
  return left > right ? 1 : left < right ? -1 : 0;
}

bool is_reversed(const Rates& rates, std::size_t first, std::size_t second) {
  std::size_t compared = 0;
  bool turned = false;
  for (std::size_t s = 0; s < rates.strata; ++s) {
    const Proportion a = rates.by_stratum[first * rates.strata + s];
    const Proportion b = rates.by_stratum[second * rates.strata + s];
    if (a.trials == 0 || b.trials == 0) continue;
    const int sign = order(a, b);
    if (sign > 0) return false;
    ++compared;
    turned = turned || sign < 0;
  }
  return turned && compared > 1;
}

Estimate difference_of(Proportion a, Proportion b) {
  if (a.trials == 0 || b.trials == 0) return undefined("A group has no rows in the stratum.");
  const Interval ends = newcombe(a, b);
  return {.value = static_cast<double>(a.successes) / static_cast<double>(a.trials) -
                   static_cast<double>(b.successes) / static_cast<double>(b.trials),
          .low = ends.low,
          .high = ends.high,
          .reason = {},
          .interval = "95 % Newcombe interval of the difference"};
}

void add_reversals(const ContingencyTable& cube, std::size_t factor, std::size_t stratum_factor,
                   std::vector<SimpsonReversal>& found) {
  const std::size_t classes = cube.factors()[0].values.size();
  const ContingencyTable plane = cube.marginal(std::array{std::size_t{1}, std::size_t{2}});
  for (std::size_t value = classes == 2 ? 1 : 0; value < classes; ++value) {
    const Rates rates = rates_of(cube, plane, value);
    for (std::size_t a = 0; a < rates.groups; ++a) {
      for (std::size_t b = 0; b < rates.groups; ++b) {
        if (rates.overall[a].trials == 0 || rates.overall[b].trials == 0) continue;
        if (order(rates.overall[a], rates.overall[b]) <= 0 || !is_reversed(rates, a, b)) continue;
        SimpsonReversal reversal{.target_value = value,
                                 .group_factor = factor,
                                 .first = a,
                                 .second = b,
                                 .stratum_factor = stratum_factor,
                                 .overall = difference_of(rates.overall[a], rates.overall[b]),
                                 .strata = {}};
        for (std::size_t s = 0; s < rates.strata; ++s) {
          reversal.strata.push_back(
              {.value = s,
               .difference = difference_of(rates.by_stratum[a * rates.strata + s],
                                           rates.by_stratum[b * rates.strata + s])});
        }
        found.push_back(std::move(reversal));
      }
    }
  }
}

}  // namespace

std::vector<SimpsonReversal> simpson_reversals(const ContingencyTable& cells) {
  std::vector<SimpsonReversal> found;
  for (std::size_t factor = 1; factor < cells.factors().size(); ++factor) {
    for (std::size_t stratum = 1; stratum < cells.factors().size(); ++stratum) {
      if (stratum == factor) continue;
      add_reversals(cells.marginal(std::array{std::size_t{0}, factor, stratum}), factor, stratum,
                    found);
    }
  }
  return found;
}

}  // namespace af::audit
