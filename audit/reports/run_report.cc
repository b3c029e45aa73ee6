#include "audit/reports/run_report.h"

#include <fmt/format.h>

#include "audit/reports/run_curves.h"
#include "audit/reports/run_document.h"
#include "audit/reports/run_tables.h"
#include "audit/runs/run_audit.h"
#include "core/text.h"

namespace af::audit {

Report run_report(const RunFolder& run, const std::optional<std::string>& positive,
                  IntervalMethod method) {
  const RunAudit audit = audit_run(run, positive);
  Report report{.title = "Run " + run.path.string(),
                .facts = {{"Heuristics", listed(audit.heuristic_names())},
                          {"Seeds", fmt::format("{}", run.heuristics.front().seeds.size())},
                          {"Steps", fmt::format("{}, from {} to {} labelled rows", run.steps.size(),
                                                run.labelled.front(), run.labelled.back())},
                          {"Pool", run.pool_note}},
                .exhibits = {},
                .document = run_document(run, audit, method)};
  add_curves(report, run, audit);
  add_run_tables(report, run, audit);
  return report;
}

}  // namespace af::audit
