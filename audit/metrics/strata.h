#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/metrics/predictions.h"
#include "audit/statistics/bootstrap.h"

namespace af::audit {

/// The rows that share one value of the stratifying column.
struct Stratum {
  std::string value;
  WeightedRows rows;
  std::vector<Disparity> disparities;
};

/// Groups compared inside strata, so that a difference that the strata explain is no disparity:
/// conditional parity. Source: Kamiran, Zliobaite and Calders 2013, "Quantifying explainable
/// discrimination and removing illegal discrimination in automated decision making".
struct StrataAudit {
  std::string column;
  std::vector<Stratum> strata;
  /// conditional_NAME of the named differences and ratios: the worst stratum's; and
  /// conditional_NAME_mean of the differences: the strata's mean by rows, or by their weight.
  /// Undefined if any stratum's is.
  std::vector<Disparity> disparities;
};

/// Fills in `disparities` from those of the strata.
/// @param names  Of what is compared: each stratum has NAME_difference and NAME_ratio.
void compare_strata(StrataAudit& audit, std::span<const std::string> names);

/// @param table  Its factors: the stratifying column, the groups, the label, the prediction.
/// @throws as audit_predictions.
[[nodiscard]] StrataAudit audit_strata(const ContingencyTable& table,
                                       const std::optional<std::string>& positive,
                                       const BootstrapOptions& options);

}  // namespace af::audit
