#pragma once

#include "audit/audit.h"
#include "audit/report.h"
#include "audit/run_folder.h"

namespace af::audit {

/// A run of afal: first what each heuristic labelled, step by step, then how well it did.
[[nodiscard]] Report run_report(const RunFolder& run, const AuditConfig& config);

}  // namespace af::audit
