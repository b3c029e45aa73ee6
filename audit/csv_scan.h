#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace af::audit {

/// One record of a CSV file: a line, or several if a quoted field holds line breaks.
struct CsvRecord {
  std::uint64_t line = 0;  ///< Of its first character, from 1.
  std::vector<std::string> fields;
};

/// Goes through a CSV file record by record, skipping empty lines as Arrow does. Slow and simple:
/// it reads headers, and finds the lines that messages name.
class CsvScan {
 public:
  explicit CsvScan(const std::filesystem::path& path);
  [[nodiscard]] std::optional<CsvRecord> next();

 private:
  bool read_field(std::string& field);

  std::ifstream file_;
  std::uint64_t line_ = 1;
};

/// Line of a record; 0 is the header. The last line if there are fewer records.
[[nodiscard]] std::uint64_t line_of_record(const std::filesystem::path& path, std::uint64_t record);

/// The first record that has not as many fields as the header, if any.
[[nodiscard]] std::optional<CsvRecord> first_ragged_record(const std::filesystem::path& path);

}  // namespace af::audit
