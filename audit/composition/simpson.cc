#include "audit/composition/simpson.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <optional>

#include "audit/statistics/interval.h"

namespace af::audit {
namespace {

/// Rows of one kind among all.
struct Rate {
  WeightedRows of_kind;
  WeightedRows all;
};

/// Rates by group and stratum.
class Rates {
 public:
  Rates(std::size_t groups, std::size_t strata)
      : strata_(strata), by_stratum_(groups * strata), overall_(groups) {}

  void add(std::size_t group, std::size_t stratum, const WeightedRows& of_kind,
           const WeightedRows& all) {
    for (Rate* const rate : {&by_stratum_[group * strata_ + stratum], &overall_[group]}) {
      rate->of_kind += of_kind;
      rate->all += all;
    }
  }
  [[nodiscard]] std::size_t groups() const { return overall_.size(); }
  [[nodiscard]] std::size_t strata() const { return strata_; }
  [[nodiscard]] const Rate& overall(std::size_t group) const { return overall_[group]; }
  [[nodiscard]] const Rate& in(std::size_t group, std::size_t stratum) const {
    return by_stratum_[group * strata_ + stratum];
  }

 private:
  std::size_t strata_;
  std::vector<Rate> by_stratum_;
  std::vector<Rate> overall_;
};

/// Sign of a's share minus b's, by cross products, so that equal shares are equal. Both have rows.
int order(const Rate& a, const Rate& b) {
  const auto product = [](const WeightedRows& x, const WeightedRows& y) {
    return static_cast<long double>(x.weight) * static_cast<long double>(y.weight);
  };
  const long double left = product(a.of_kind, b.all);
  const long double right = product(b.of_kind, a.all);
  return left > right ? 1 : left < right ? -1 : 0;
}

bool is_reversed(const Rates& rates, std::size_t first, std::size_t second) {
  std::size_t compared = 0;
  bool turned = false;
  for (std::size_t s = 0; s < rates.strata(); ++s) {
    const Rate& a = rates.in(first, s);
    const Rate& b = rates.in(second, s);
    if (a.all.rows == 0 || b.all.rows == 0) continue;
    const int sign = order(a, b);
    if (sign > 0) return false;
    ++compared;
    turned = turned || sign < 0;
  }
  return turned && compared > 1;
}

Estimate difference_of(const Rate& a, const Rate& b) {
  if (a.all.rows == 0 || b.all.rows == 0) return undefined("A group has no rows in the stratum.");
  const Interval ends = newcombe(proportion_of(a.of_kind, a.all), proportion_of(b.of_kind, b.all));
  return {.value = a.of_kind.weight / a.all.weight - b.of_kind.weight / b.all.weight,
          .low = ends.low,
          .high = ends.high,
          .reason = {},
          .interval = "95 % Newcombe interval of the difference"};
}

/// What a reversal is of, and how its groups and strata are called.
struct Names {
  std::pair<std::string, std::string> share_of;
  std::string column;
  std::function<std::string(std::size_t)> group;
  const Factor& stratum;
};

void add_reversals(const Rates& rates, const Names& names, std::vector<SimpsonReversal>& found) {
  if (rates.groups() > kMaxReversalGroups) return;
  for (std::size_t a = 0; a < rates.groups(); ++a) {
    for (std::size_t b = 0; b < rates.groups(); ++b) {
      if (rates.overall(a).all.rows == 0 || rates.overall(b).all.rows == 0) continue;
      if (order(rates.overall(a), rates.overall(b)) <= 0 || !is_reversed(rates, a, b)) continue;
      SimpsonReversal reversal{.share_of = names.share_of,
                               .column = names.column,
                               .first = names.group(a),
                               .second = names.group(b),
                               .stratum_column = names.stratum.name,
                               .overall = difference_of(rates.overall(a), rates.overall(b)),
                               .strata = {}};
      for (std::size_t s = 0; s < rates.strata(); ++s) {
        reversal.strata.push_back({.value = names.stratum.values[s],
                                   .difference = difference_of(rates.in(a, s), rates.in(b, s))});
      }
      found.push_back(std::move(reversal));
    }
  }
}

/// Of the classes, with all of the groups' columns together.
/// @param cells  Factors: the class, the stratifying column, the groups.
void add_class_reversals(const ContingencyTable& cells, std::vector<SimpsonReversal>& found) {
  const std::vector<Factor>& factors = cells.factors();
  const std::size_t classes = factors[0].values.size();
  const std::size_t strata = factors[1].values.size();
  std::vector<std::size_t> group_factors(factors.size() - 2);
  std::iota(group_factors.begin(), group_factors.end(), std::size_t{2});
  const ContingencyTable groups = cells.marginal(group_factors);
  if (groups.cells() > kMaxReversalGroups) return;
  const std::size_t plane = strata * groups.cells();
  for (std::size_t value = classes == 2 ? 1 : 0; value < classes; ++value) {
    Rates rates(groups.cells(), strata);
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      const WeightedRows rows = cells.rows(cell);
      rates.add(cell % groups.cells(), cell % plane / groups.cells(),
                cell / plane == value ? rows : WeightedRows(), rows);
    }
    add_reversals(rates,
                  {.share_of = {factors[0].name, factors[0].values[value]},
                   .column = factor_names(groups.factors()),
                   .group = [&](std::size_t g) { return cell_values(groups, g); },
                   .stratum = factors[1]},
                  found);
  }
}

/// A share of the rows with one prediction and label: whether they count, and are of the kind.
struct PredictionShare {
  const char* name;
  std::function<bool(std::size_t label, std::size_t prediction)> counts;
  std::function<bool(std::size_t label, std::size_t prediction)> is_of_kind;
};

std::vector<PredictionShare> prediction_shares(const PredictionAudit& audit) {
  const auto any = [](std::size_t, std::size_t) { return true; };
  std::vector<PredictionShare> shares{
      {"accuracy", any,
       [](std::size_t label, std::size_t prediction) { return label == prediction; }}};
  if (!audit.positive) return shares;
  const auto found = std::ranges::find(audit.classes, *audit.positive);
  const auto positive = static_cast<std::size_t>(found - audit.classes.begin());
  const auto labelled = [positive](std::size_t label, std::size_t) { return label == positive; };
  const auto other = [positive](std::size_t label, std::size_t) { return label != positive; };
  const auto selected = [positive](std::size_t, std::size_t prediction) {
    return prediction == positive;
  };
  shares.push_back({"selection_rate", any, selected});
  shares.push_back({"true_positive_rate", labelled, selected});
  shares.push_back({"false_positive_rate", other, selected});
  shares.push_back({"precision", selected, labelled});
  return shares;
}

}  // namespace

std::vector<SimpsonReversal> simpson_reversals(const ContingencyTable& cells) {
  std::vector<SimpsonReversal> found;
  for (std::size_t factor = 1; factor < cells.factors().size(); ++factor) {
    for (std::size_t stratum = 1; stratum < cells.factors().size(); ++stratum) {
      if (stratum == factor) continue;
      add_class_reversals(cells.marginal(std::array{std::size_t{0}, stratum, factor}), found);
    }
  }
  return found;
}

std::vector<SimpsonReversal> stratum_reversals(const ContingencyTable& cells) {
  std::vector<SimpsonReversal> found;
  std::vector<std::size_t> kept{1, 0};
  for (std::size_t factor = 2; factor < cells.factors().size(); ++factor) {
    add_class_reversals(cells.marginal(std::array{std::size_t{1}, std::size_t{0}, factor}), found);
    kept.push_back(factor);
  }
  if (kept.size() > 3) add_class_reversals(cells.marginal(kept), found);
  return found;
}

std::vector<SimpsonReversal> prediction_reversals(const ContingencyTable& table,
                                                  const PredictionAudit& audit) {
  std::vector<SimpsonReversal> found;
  const ContingencyTable& groups = audit.frame.groups;
  if (groups.cells() > kMaxReversalGroups) return found;
  const std::size_t cells = audit.places.size();
  for (const PredictionShare& share : prediction_shares(audit)) {
    Rates rates(groups.cells(), table.factors()[0].values.size());
    for (std::size_t cell = 0; cell < table.cells(); ++cell) {
      const CellPlace& place = audit.places[cell % cells];
      if (!share.counts(place.label, place.prediction)) continue;
      const WeightedRows rows = table.rows(cell);
      const bool is_of_kind = share.is_of_kind(place.label, place.prediction);
      rates.add(place.group, cell / cells, is_of_kind ? rows : WeightedRows(), rows);
    }
    add_reversals(rates,
                  {.share_of = {"metric", share.name},
                   .column = factor_names(groups.factors()),
                   .group = [&](std::size_t g) { return cell_values(groups, g); },
                   .stratum = table.factors()[0]},
                  found);
  }
  return found;
}

}  // namespace af::audit
