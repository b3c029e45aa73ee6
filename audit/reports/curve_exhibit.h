#pragma once

#include <functional>
#include <string>
#include <vector>

#include "audit/charts/curve_chart.h"
#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

/// Curves over the steps of a run, with the sentences and tables that go with them.
namespace af::audit {

/// Which of a heuristic's curves is meant.
using CurveOf = std::function<const Curve&(const HeuristicAudit&)>;

[[nodiscard]] const Curve& minority_share(const HeuristicAudit& heuristic);

/// A chart of the lines with a table of every number behind it, one row a line and step. On a page
/// only.
/// @param says  What is drawn; what lines and bands are is added.
[[nodiscard]] Exhibit curve_exhibit(const RunFolder& run, std::string title,
                                    const std::string& says, const std::vector<CurveLine>& lines,
                                    const CurveLook& look, bool narrow);

/// "bald 0.9470, random 0.9007" at the last step.
[[nodiscard]] std::string last_values(const RunAudit& audit, const CurveOf& of);
/// "With 600 labelled rows: bald 0.9470, random 0.9007."
[[nodiscard]] std::string last_sentence(const RunFolder& run, const RunAudit& audit,
                                        const CurveOf& of);

}  // namespace af::audit
