#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/inputs/weight_column.h"
#include "core/dataset_reader.h"

namespace af::audit {

/// Which rows of a pool are labelled.
struct RowSelection {
  std::vector<bool> chosen;  ///< [N]
};

/// Reads the rows that a CSV file names in its column `row` (from 0).
/// @param rows  N of the pool.
/// @throws InputError for a row that is no whole number, out of range or named twice, with the
///         line, and if there are none.
[[nodiscard]] RowSelection read_selection(const std::filesystem::path& path, std::uint64_t rows);

/// Counts the rows of a data set by categorical columns. Values are the columns' vocabularies.
/// @throws InputError if a column is missing or not categorical.
/// @param weights  Column of numbers; empty: every row counts once.
[[nodiscard]] ContingencyTable count_dataset(const DatasetReader& reader,
                                             const std::vector<std::string>& columns,
                                             const std::optional<WeightColumn>& weights = {});
/// The same over the selected rows only.
[[nodiscard]] ContingencyTable count_dataset(const DatasetReader& reader,
                                             const std::vector<std::string>& columns,
                                             const RowSelection& selection,
                                             const std::optional<WeightColumn>& weights = {});

}  // namespace af::audit
