#include "core/csv_scan.h"

#include <string_view>

namespace af {
namespace {

constexpr int kEnd = std::ifstream::traits_type::eof();

void skip_byte_order_mark(std::ifstream& file) {
  std::string start(3, '\0');
  file.read(start.data(), 3);
  if (start == "\xEF\xBB\xBF") return;
  file.clear();
  file.seekg(0);
}

}  // namespace

CsvScan::CsvScan(const std::filesystem::path& path) : file_(path, std::ios::binary) {
  skip_byte_order_mark(file_);
}

std::optional<CsvRecord> CsvScan::next() {
  while (file_.peek() == '\n' || file_.peek() == '\r') {
    if (file_.get() == '\n') ++line_;
  }
  if (file_.peek() == kEnd) return std::nullopt;
  CsvRecord record{.line = line_, .fields = {}};
  bool more = true;
  while (more) more = read_field(record.fields.emplace_back());
  return record;
}

/// Returns whether another field of the record follows.
bool CsvScan::read_field(std::string& field) {
  bool quoted = file_.peek() == '"';
  if (quoted) file_.get();
  for (int c = file_.get(); c != kEnd; c = file_.get()) {
    if (c == '\n') ++line_;
    if (quoted && c == '"') {
      if (file_.peek() != '"') {
        quoted = false;
        continue;
      }
      file_.get();
    } else if (!quoted && c == ',') {
      return true;
    } else if (!quoted && c == '\n') {
      break;
    } else if (!quoted && c == '\r') {
      continue;
    }
    field += static_cast<char>(c);
  }
  return false;
}

}  // namespace af
