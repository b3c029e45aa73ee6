#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/inputs/bins.h"
#include "audit/inputs/weight_column.h"

namespace af::audit {

/// Distinct values that a counted column may have by default; more is no group but an identifier.
inline constexpr std::uint64_t kMaxValues = 10'000;
/// Bytes that a counted value may have; more is no group but a text.
inline constexpr std::size_t kMaxValueBytes = 1'000;
/// The value of rows that have none.
inline constexpr char kMissing[] = "(missing)";
/// Whether a field has no value: empty, or a number that is none.
[[nodiscard]] inline bool is_missing(std::string_view text) {
  return text.empty() || text == "NaN" || text == "nan";
}

struct TableOptions {
  std::uint64_t max_groups = kMaxValues;    ///< Distinct values that a column may have.
  std::vector<std::string> may_be_missing;  ///< Columns whose missing values are kMissing.
  std::vector<Bins> bins;                   ///< Of columns of numbers.
  std::optional<WeightColumn> weights;      ///< Empty: every row counts once.
};

/// Counts the rows of a CSV, Parquet, Arrow IPC or HDF5 file by the named columns, in one pass and
/// bounded memory. Values are those that occur, sorted; ranges of `bins` are there also if empty.
/// Numbers that are counted as they are keep their spelling.
/// @throws InputError as open_columns, if there are no rows, a value is missing where it must not
///         be, text stands where bins or weights need numbers (each with its row), or a column has
///         more than max_groups distinct values (with their count).
[[nodiscard]] ContingencyTable count_table(const std::filesystem::path& path,
                                           const std::vector<std::string>& columns,
                                           const TableOptions& options = {});

}  // namespace af::audit
