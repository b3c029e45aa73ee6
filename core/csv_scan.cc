#include "core/csv_scan.h"

#include <fmt/format.h>

#include "core/errors.h"

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

CsvScan::CsvScan(const std::filesystem::path& path) : path_(path), file_(path, std::ios::binary) {
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
  if (file_.peek() == '"') return read_quoted(field);
  for (int c = file_.get(); c != kEnd; c = file_.get()) {
    if (c == ',') return true;
    if (c == '\n') {
      ++line_;
      break;
    }
    if (c != '\r') field += static_cast<char>(c);
  }
  return false;
}

bool CsvScan::read_quoted(std::string& field) {
  const std::uint64_t begin = line_;
  file_.get();
  for (int c = file_.get(); c != '"' || file_.peek() == '"'; c = file_.get()) {
    if (c == kEnd) fail(begin, "a quoted field does not end");
    if (c == '"') file_.get();
    if (c == '\n') ++line_;
    field += static_cast<char>(c);
  }
  std::string behind;
  const bool more = read_field(behind);
  if (!behind.empty()) fail(begin, "more stands behind the closing quote of a field");
  return more;
}

void CsvScan::fail(std::uint64_t line, const char* complaint) const {
  throw InputError(fmt::format("{}, line {}: this is no CSV: {}", path_.string(), line, complaint));
}

}  // namespace af
