#pragma once

#include <span>

#include "audit/gates/gate.h"

namespace af::audit {

/// Makes the gates the report's first exhibit, and `verdict` and `gates` the first keys of its
/// document behind `kind` and `source`.
void put_on_top(Report& report, std::span<const GateResult> results);

/// [{"name", "condition", "because", "verdict", "comparisons": [{"comparison", "holds", "value",
/// "low", "high", "reason", "rows_needed"}]}]
[[nodiscard]] Json gates_json(std::span<const GateResult> results);

}  // namespace af::audit
