#include "audit/inputs/csv_lines.h"

namespace af::audit {

std::uint64_t line_of_record(const std::filesystem::path& path, std::uint64_t record) {
  CsvScan scan(path);
  std::uint64_t line = 1;
  for (std::uint64_t i = 0; i <= record; ++i) {
    const std::optional<CsvRecord> found = scan.next();
    if (!found) break;
    line = found->line;
  }
  return line;
}

void check_quotes(const std::filesystem::path& path) {
  CsvScan scan(path);
  while (scan.next()) {
  }
}

std::optional<CsvRecord> first_ragged_record(const std::filesystem::path& path) {
  CsvScan scan(path);
  const std::optional<CsvRecord> header = scan.next();
  if (!header) return std::nullopt;
  for (auto record = scan.next(); record; record = scan.next()) {
    if (record->fields.size() != header->fields.size()) return record;
  }
  return std::nullopt;
}

}  // namespace af::audit
