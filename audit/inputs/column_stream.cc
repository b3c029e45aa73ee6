#include "audit/inputs/column_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "audit/inputs/arrow_stream.h"
#include "audit/inputs/csv_stream.h"
#include "audit/inputs/hdf5_stream.h"

namespace af::audit {

using std::string_view_literals::operator""sv;

TableKind table_kind(const std::filesystem::path& path) {
  std::string start(8, '\0');
  std::ifstream(path, std::ios::binary).read(start.data(), std::ssize(start));
  if (start == "\x89HDF\r\n\x1a\n"sv) return TableKind::kHdf5;
  if (start.starts_with("PAR1")) return TableKind::kParquet;
  if (start.starts_with("ARROW1") || start.starts_with("\xff\xff\xff\xff"sv)) {
    return TableKind::kArrow;
  }
  return TableKind::kCsv;
}

std::unique_ptr<ColumnStream> open_columns(const std::filesystem::path& path,
                                           const std::vector<std::string>& columns) {
  switch (table_kind(path)) {
    case TableKind::kHdf5: return std::make_unique<Hdf5Stream>(path, columns);
    case TableKind::kParquet: return open_parquet(path, columns);
    case TableKind::kArrow: return open_arrow(path, columns);
    case TableKind::kCsv: break;
  }
  auto stream = std::make_unique<CsvStream>(path, columns);
  for (const std::string& column : columns) stream->allow_empty(column);
  return stream;
}

}  // namespace af::audit
