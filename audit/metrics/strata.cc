#include "audit/metrics/strata.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/metrics/count_bootstrap.h"

namespace af::audit {
namespace {

constexpr std::array kNames{"demographic_parity", "equalized_odds", "equal_opportunity",
                            "predictive_parity"};

const Estimate& find(const PredictionAudit& audit, const std::string& name) {
  return std::ranges::find(audit.disparities, name, &Disparity::name)->estimate;
}

Estimate undefined_in(const StrataAudit& audit, const Stratum& stratum, const Estimate& estimate) {
  return undefined(fmt::format("In {}={}: {}", audit.column, stratum.value, estimate.reason));
}

Estimate worst(const StrataAudit& audit, const std::string& name, bool smaller_is_worse) {
  const Estimate* found = nullptr;
  const Stratum* where = nullptr;
  for (const Stratum& stratum : audit.strata) {
    const Estimate& here = find(stratum.audit, name);
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
  double rows = 0;
  for (const Stratum& stratum : audit.strata) {
    const Estimate& here = find(stratum.audit, name);
    if (!here.value) return undefined_in(audit, stratum, here);
    sum += static_cast<double>(stratum.rows) * *here.value;
    rows += static_cast<double>(stratum.rows);
  }
  return without_interval(sum / rows, "none: it has no closed form");
}

/// The cells of one value of the first factor.
ContingencyTable stratum_of(const ContingencyTable& table, std::size_t value) {
  ContingencyTable part({table.factors().begin() + 1, table.factors().end()});
  for (std::size_t cell = 0; cell < part.cells(); ++cell) {
    part.add(cell, table.count(value * part.cells() + cell));
  }
  return part;
}

}  // namespace

StrataAudit audit_strata(const ContingencyTable& table, const std::optional<std::string>& positive,
                         const BootstrapOptions& options) {
  const Factor& column = table.factors().front();
  StrataAudit audit{.column = column.name, .strata = {}, .disparities = {}};
  for (std::size_t value = 0; value < column.values.size(); ++value) {
    const ContingencyTable part = stratum_of(table, value);
    audit.strata.push_back({.value = column.values[value],
                            .rows = part.total(),
                            .audit = audit_predictions(part, positive)});
    add_bootstrap_intervals(audit.strata.back().audit, part, options);
  }
  for (const std::string name : kNames) {
    const std::string conditional = "conditional_" + name;
    audit.disparities.push_back(
        {conditional + "_difference", worst(audit, name + "_difference", false)});
    audit.disparities.push_back({conditional + "_ratio", worst(audit, name + "_ratio", true)});
    audit.disparities.push_back(
        {conditional + "_difference_mean", mean(audit, name + "_difference")});
  }
  return audit;
}

}  // namespace af::audit
