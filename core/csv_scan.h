#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace af {

/// One record of a CSV file: a line, or several if a quoted field holds line breaks.
struct CsvRecord {
  std::uint64_t line = 0;  ///< Of its first character, from 1.
  std::vector<std::string> fields;
};

/// Goes through a CSV file (RFC 4180) record by record, skipping empty lines as Arrow does. Simple
/// and not made for millions of lines. A file that cannot be opened has no record.
class CsvScan {
 public:
  explicit CsvScan(const std::filesystem::path& path);
  /// @throws InputError that names file and line if a quoted field does not end, or has more behind
  ///         its closing quote.
  [[nodiscard]] std::optional<CsvRecord> next();

 private:
  bool read_field(std::string& field);
  bool read_quoted(std::string& field);
  [[noreturn]] void fail(std::uint64_t line, const char* complaint) const;

  std::filesystem::path path_;
  std::ifstream file_;
  std::uint64_t line_ = 1;
};

}  // namespace af
