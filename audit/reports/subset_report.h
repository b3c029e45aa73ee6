#pragma once

#include "audit/composition/subset.h"
#include "audit/reports/report.h"

namespace af::audit {

/// A labelled subset against its pool: what composition_report says of the subset, and every cell
/// beside the pool's.
/// @param pool, subset  Names of the files.
/// @param has_target  The first factor is the target, the others are the groups.
[[nodiscard]] Report subset_report(const SubsetAudit& audit, bool has_target,
                                   const std::string& pool, const std::string& subset);

}  // namespace af::audit
