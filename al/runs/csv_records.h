#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// CSV files of a run as they are written and taken up again: record by record, each as it stands
/// in the file. `CsvScan` takes records apart; these are compared and copied whole.
namespace af::al {

/// A line, or several lines where a quoted field holds their breaks.
struct CsvText {
  std::size_t line = 0;  ///< Of its first character, from 1.
  std::string text;
};

/// The records behind the header. @throws InputError if the file cannot be read, begins with
/// another header, or ends within a quoted field.
[[nodiscard]] std::vector<CsvText> read_records(const std::filesystem::path& path,
                                                std::string_view header);

/// Fields of such a record: one more than its commas outside quotes.
[[nodiscard]] std::size_t field_count(std::string_view record);

/// Header and lines as a file's text.
[[nodiscard]] std::string csv_text(const std::string& header,
                                   const std::vector<std::string>& lines);

}  // namespace af::al
