#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/counts/scored_rows.h"
#include "audit/inputs/table_counts.h"

namespace af::audit {

/// Reads a column of scores beside the rows that were counted.
/// @param table  Counts of the same file: the group columns, the label, the prediction.
/// @param is_positive  [values of the label] Which of them are the positive class.
/// @param score  Column of P(positive class).
/// @param options  As the rows were counted with.
/// @throws InputError as count_table, and with the row for a score that is no number in [0, 1].
[[nodiscard]] ScoredRows read_scores(const std::filesystem::path& path,
                                     const ContingencyTable& table,
                                     const std::vector<bool>& is_positive, const std::string& score,
                                     const TableOptions& options);

}  // namespace af::audit
