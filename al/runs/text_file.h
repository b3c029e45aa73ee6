#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace af::al {

/// The records of a CSV file as they stand there, quotes and all: lines, or several lines where a
/// quoted field holds their breaks. @throws InputError if it cannot be read
[[nodiscard]] std::vector<std::string> read_records(const std::filesystem::path& path);

/// Fields of such a record: one more than its commas outside quotes.
[[nodiscard]] std::size_t field_count(std::string_view record);

}  // namespace af::al
