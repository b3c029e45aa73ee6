#include "audit/metrics/strata.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/metrics/count_bootstrap.h"

namespace af::audit {
namespace {

const Estimate& find(const Stratum& stratum, const std::string& name) {
  return std::ranges::find(stratum.disparities, name, &Disparity::name)->estimate;
}

Estimate undefined_in(const StrataAudit& audit, const Stratum& stratum, const Estimate& estimate) {
  return undefined(fmt::format("In {}={}: {}", audit.column, stratum.value, estimate.reason));
}

Estimate worst(const StrataAudit& audit, const std::string& name, bool smaller_is_worse) {
  const Estimate* found = nullptr;
  const Stratum* where = nullptr;
  for (const Stratum& stratum : audit.strata) {
    const Estimate& here = find(stratum, name);
    if (!here.value) return undefined_in(audit, stratum, here);
    if (found == nullptr ||
        (smaller_is_worse ? *here.value < *found->value : *here.value > *found->value)) {
      found = &here;
      where = &stratum;
    }
  }
  Estimate result = *found;
  result.interval += fmt::format(", in {}={}", audit.column, where->value);
  return result;
}

Estimate mean(const StrataAudit& audit, const std::string& name) {
  double sum = 0;
  double weight = 0;
  for (const Stratum& stratum : audit.strata) {
    const Estimate& here = find(stratum, name);
    if (!here.value) return undefined_in(audit, stratum, here);
    sum += stratum.rows.weight * *here.value;
    weight += stratum.rows.weight;
  }
  return without_interval(sum / weight, "none: it has no closed form");
}

}  // namespace

void compare_strata(StrataAudit& audit, std::span<const std::string> names) {
  for (const std::string& name : names) {
    const std::string conditional = "conditional_" + name;
    audit.disparities.push_back(
        {conditional + "_difference", worst(audit, name + "_difference", false)});
    audit.disparities.push_back({conditional + "_ratio", worst(audit, name + "_ratio", true)});
    audit.disparities.push_back(
        {conditional + "_difference_mean", mean(audit, name + "_difference")});
  }
}

StrataAudit audit_strata(const ContingencyTable& table, const std::optional<std::string>& positive,
                         const BootstrapOptions& options) {
  const Factor& column = table.factors().front();
  StrataAudit audit{.column = column.name, .strata = {}, .disparities = {}};
  for (std::size_t value = 0; value < column.values.size(); ++value) {
    const ContingencyTable part = table.slice(value);
    PredictionAudit predictions = audit_predictions(part, positive);
    add_bootstrap_intervals(predictions, part, options);
    audit.strata.push_back({.value = column.values[value],
                            .rows = part.all_rows(),
                            .disparities = std::move(predictions.disparities)});
  }
  const std::array<std::string, 4> names{"demographic_parity", "equalized_odds",
                                         "equal_opportunity", "predictive_parity"};
  compare_strata(audit, names);
  return audit;
}

}  // namespace af::audit
