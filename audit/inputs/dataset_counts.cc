#include "audit/inputs/dataset_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "audit/inputs/csv_stream.h"
#include "core/errors.h"

namespace af::audit {
namespace {

constexpr std::uint64_t kBlockRows = 1 << 16;

std::vector<Factor> factors_of(const DatasetReader& reader,
                               const std::vector<std::string>& columns) {
  std::vector<Factor> factors;
  for (const std::string& name : columns) {
    factors.push_back({.name = name, .values = reader.categorical(name).vocabulary});
  }
  return factors;
}

/// Calls take(row, cell) for every row, reading in blocks.
template <class Take>
void for_each_cell(const DatasetReader& reader, const ContingencyTable& table, Take take) {
  std::vector<std::uint16_t> codes(kBlockRows);
  std::vector<std::size_t> cells(kBlockRows);
  for (std::uint64_t first = 0; first < reader.rows(); first += kBlockRows) {
    const std::uint64_t count = std::min(kBlockRows, reader.rows() - first);
    std::fill_n(cells.begin(), count, std::size_t{0});
    for (std::size_t f = 0; f < table.factors().size(); ++f) {
      const Factor& factor = table.factors()[f];
      reader.read(factor.name, first, count, std::as_writable_bytes(std::span(codes).first(count)));
      for (std::uint64_t i = 0; i < count; ++i) {
        if (codes[i] >= factor.values.size()) {
          throw InputError(
              fmt::format("{}, row {}: column '{}' has a code that is not in its "
                          "vocabulary",
                          reader.path().string(), first + i, factor.name));
        }
        cells[i] += codes[i] * table.stride(f);
      }
    }
    for (std::uint64_t i = 0; i < count; ++i) take(first + i, cells[i]);
  }
}

std::uint64_t parse_row(std::string_view text, std::uint64_t rows, const CsvStream& stream,
                        std::size_t at) {
  std::uint64_t row = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row);
  if (error == std::errc() && end == text.data() + text.size() && row < rows) return row;
  throw InputError(
      fmt::format("{}: row '{}' is not in the pool, expected a whole number from 0 "
                  "to {}",
                  stream.place(at), text, rows - 1));
}

}  // namespace

RowSelection read_selection(const std::filesystem::path& path, std::uint64_t rows) {
  CsvStream stream(path, {"row"});
  RowSelection selection{.chosen = std::vector<bool>(rows, false)};
  bool any = false;
  while (stream.next()) {
    for (std::size_t i = 0; i < stream.rows(); ++i) {
      const std::uint64_t row = parse_row(stream.texts(0)[i], rows, stream, i);
      if (selection.chosen[row]) {
        throw InputError(
            fmt::format("{}: row {} is named a second time; a row can be labelled "
                        "once",
                        stream.place(i), row));
      }
      selection.chosen[row] = any = true;
    }
  }
  if (!any) throw InputError(fmt::format("{} has a header but no rows", path.string()));
  return selection;
}

ContingencyTable count_dataset(const DatasetReader& reader, const std::vector<std::string>& columns,
                               const std::optional<WeightColumn>& weights) {
  ContingencyTable table(factors_of(reader, columns));
  WeightStream stream(reader.path(), weights);
  for_each_cell(reader, table, [&](std::uint64_t, std::size_t cell) {
    stream.next();
    stream.add(table, cell);
  });
  if (table.total() == 0 && reader.rows() > 0) refuse_no_weight(reader.path(), *weights);
  return table;
}

ContingencyTable count_dataset(const DatasetReader& reader, const std::vector<std::string>& columns,
                               const RowSelection& selection,
                               const std::optional<WeightColumn>& weights) {
  ContingencyTable table(factors_of(reader, columns));
  WeightStream stream(reader.path(), weights);
  for_each_cell(reader, table, [&](std::uint64_t row, std::size_t cell) {
    stream.next();
    if (selection.chosen[row]) stream.add(table, cell);
  });
  return table;
}

}  // namespace af::audit
