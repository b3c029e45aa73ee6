#include "al/runs/csv_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "core/errors.h"

namespace af::al {
namespace {

/// Reads one record after the other.
class Records {
 public:
  explicit Records(const std::filesystem::path& path) : path_(path), file_(path) {
    if (!file_) throw InputError(fmt::format("cannot read {}", path.string()));
  }

  std::optional<CsvText> next() {
    CsvText record{.line = line_ + 1, .text = {}};
    bool inside_quotes = false;
    std::string line;
    while (std::getline(file_, line)) {
      ++line_;
      record.text += record.line == line_ ? line : "\n" + line;
      inside_quotes ^= std::ranges::count(line, '"') % 2 == 1;
      if (!inside_quotes) return record;
    }
    if (!inside_quotes) return std::nullopt;
    throw InputError(
        fmt::format("{}: the quoted field of line {} does not end", path_.string(), record.line));
  }

 private:
  std::filesystem::path path_;
  std::ifstream file_;
  std::size_t line_ = 0;
};

}  // namespace

std::vector<CsvText> read_records(const std::filesystem::path& path, std::string_view header) {
  Records file(path);
  const std::optional<CsvText> first = file.next();
  if (!first || first->text != header) {
    throw InputError(
        fmt::format("{}: line 1 is not the header, expected {}", path.string(), header));
  }
  std::vector<CsvText> records;
  while (auto record = file.next()) records.push_back(std::move(*record));
  return records;
}

std::size_t field_count(std::string_view record) {
  std::size_t fields = 1;
  bool inside_quotes = false;
  for (const char character : record) {
    inside_quotes ^= character == '"';
    if (character == ',' && !inside_quotes) ++fields;
  }
  return fields;
}

std::string csv_text(const std::string& header, const std::vector<std::string>& lines) {
  std::string text = header + "\n";
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace af::al
