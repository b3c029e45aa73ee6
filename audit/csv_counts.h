#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/contingency_table.h"

namespace af::audit {

/// Distinct values that a counted column may have; more is no group but an identifier.
inline constexpr std::size_t kMaxValues = 10'000;

/// Counts the rows of a CSV file by the named columns, in one pass and bounded memory. Values are
/// those that occur, sorted.
/// @throws InputError as CsvStream, if there are no rows, or a column has more than kMaxValues
///         distinct values.
[[nodiscard]] ContingencyTable count_csv(const std::filesystem::path& path,
                                         const std::vector<std::string>& columns);

}  // namespace af::audit
