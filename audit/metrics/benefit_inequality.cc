#include "audit/metrics/benefit_inequality.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace af::audit {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Rows that all have one benefit.
struct Share {
  double rows;
  double benefit;
};

double generalized_entropy_term(double r) { return (r * r - 1) / 2; }
double theil_term(double r) { return r > 0 ? r * std::log(r) : 0.0; }

double mean_term(std::span<const Share> shares, double (*term)(double)) {
  double rows = 0;
  double sum = 0;
  for (const Share& share : shares) {
    rows += share.rows;
    sum += share.rows * share.benefit;
  }
  if (!(sum > 0)) return kUndefined;
  double total = 0;
  for (const Share& share : shares) total += share.rows * term(share.benefit * rows / sum);
  return total / rows;
}

std::array<Share, 3> benefits(const Outcomes& o) {
  return {Share{o.false_negatives.weight, 0},
          Share{o.true_positives.weight + o.true_negatives.weight, 1},
          Share{o.false_positives.weight, 2}};
}

double between_groups(std::span<const Outcomes> groups, double (*term)(double)) {
  std::vector<Share> shares;
  for (const Outcomes& o : groups) {
    const double rows = o.rows().weight;
    if (rows == 0) continue;
    const double gained = o.false_positives.weight - o.false_negatives.weight;
    shares.push_back({rows, (rows + gained) / rows});
  }
  return mean_term(shares, term);
}

}  // namespace

double generalized_entropy_index(const Outcomes& outcomes) {
  return mean_term(benefits(outcomes), generalized_entropy_term);
}
double theil_index(const Outcomes& outcomes) { return mean_term(benefits(outcomes), theil_term); }
double between_group_generalized_entropy(std::span<const Outcomes> groups) {
  return between_groups(groups, generalized_entropy_term);
}
double between_group_theil(std::span<const Outcomes> groups) {
  return between_groups(groups, theil_term);
}

}  // namespace af::audit
