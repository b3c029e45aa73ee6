#pragma once

#include <optional>
#include <string>

#include "audit/reports/report.h"
#include "audit/runs/run_folder.h"
#include "audit/statistics/interval.h"

namespace af::audit {

/// A run of afal: first what each heuristic labelled, step by step, then how well it did.
/// @param positive  As audit_predictions has it, of the test predictions.
/// @param method    Of the intervals of shares.
[[nodiscard]] Report run_report(const RunFolder& run,
                                const std::optional<std::string>& positive = std::nullopt,
                                IntervalMethod method = IntervalMethod::kWilson);

}  // namespace af::audit
