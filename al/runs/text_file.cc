#include "al/runs/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/errors.h"

namespace af::al {

std::vector<std::string> read_records(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw InputError(fmt::format("cannot read {}", path.string()));
  std::vector<std::string> records;
  bool inside_quotes = false;
  for (std::string line; std::getline(file, line);) {
    const bool goes_on = inside_quotes;
    inside_quotes ^= std::ranges::count(line, '"') % 2 == 1;
    if (goes_on) {
      records.back() += "\n" + line;
    } else {
      records.push_back(line);
    }
  }
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

}  // namespace af::al
