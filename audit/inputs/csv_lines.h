#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/csv_scan.h"

/// Where in a CSV file something is, for messages.
namespace af::audit {

/// Line of a record; 0 is the header. The last line if there are fewer records.
[[nodiscard]] std::uint64_t line_of_record(const std::filesystem::path& path, std::uint64_t record);

/// @throws InputError with the line if a quoted field does not end or has more behind it.
void check_quotes(const std::filesystem::path& path);

/// The first record that has not as many fields as the header, if any.
[[nodiscard]] std::optional<CsvRecord> first_ragged_record(const std::filesystem::path& path);

}  // namespace af::audit
