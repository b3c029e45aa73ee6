#pragma once

#include <filesystem>
#include <optional>

#include "audit/config/audit_config.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Audits a data set (HDF5), a run folder of afal, or a table (CSV, Parquet, Arrow IPC, any HDF5
/// of columns), whichever `input` is; with `subset`,
/// a CSV with a column `row`, that part of a data set against the whole.
/// @throws ConfigError, InputError
[[nodiscard]] Report audit(const std::filesystem::path& input,
                           const std::optional<std::filesystem::path>& subset,
                           const AuditConfig& config);

}  // namespace af::audit
