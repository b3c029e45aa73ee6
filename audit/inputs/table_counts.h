#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/inputs/bins.h"

namespace af::audit {

/// Distinct values that a counted column may have by default; more is no group but an identifier.
inline constexpr std::uint64_t kMaxValues = 10'000;
/// The value of rows that have none.
inline constexpr char kMissing[] = "(missing)";

struct TableOptions {
  std::uint64_t max_groups = kMaxValues;    ///< Distinct values that a column may have.
  std::vector<std::string> may_be_missing;  ///< Columns whose missing values are kMissing.
  std::vector<Bins> bins;                   ///< Of columns of numbers.
};

/// Counts the rows of a CSV, Parquet, Arrow IPC or HDF5 file by the named columns, in one pass and
/// bounded memory. Values are those that occur, sorted; ranges of `bins` are there also if empty.
/// Numbers that are counted as they are keep their spelling.
/// @throws InputError as open_columns, if there are no rows, a value is missing where it must not
///         be, text stands where bins need numbers (each with its row), or a column has more than
///         max_groups distinct values (with their count).
[[nodiscard]] ContingencyTable count_table(const std::filesystem::path& path,
                                           const std::vector<std::string>& columns,
                                           const TableOptions& options = {});

}  // namespace af::audit
