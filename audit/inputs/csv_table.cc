#include "audit/inputs/csv_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "audit/counts/contingency_table.h"
#include "audit/inputs/csv_lines.h"
#include "audit/inputs/csv_stream.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::audit {

CsvTable::CsvTable(std::filesystem::path path) : path_(std::move(path)) {
  names_ = CsvStream::header(path_);
  fields_.resize(names_.size());
  CsvStream stream(path_, names_);
  for (const std::string& name : names_) stream.allow_empty(name);
  while (stream.next()) {
    for (std::size_t c = 0; c < names_.size(); ++c) {
      const CsvTexts texts = stream.texts(c);
      for (std::size_t row = 0; row < stream.rows(); ++row) fields_[c].emplace_back(texts[row]);
    }
  }
  if (rows() == 0) throw InputError(fmt::format("{} has a header but no rows", path_.string()));
}

std::size_t CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  throw InputError(fmt::format("{} has no column '{}'{}; it has {}", path_.string(), name,
                               did_you_mean(name, names_), listed(names_)));
}

std::optional<double> CsvTable::number(std::size_t column, std::size_t row) const {
  const std::string& field = text(column, row);
  if (field.empty()) return std::nullopt;
  if (const auto value = as_number(field)) return value;
  throw InputError(fmt::format("{}: column '{}' is '{}', expected a number or nothing", place(row),
                               names_[column], field));
}

std::uint64_t CsvTable::whole(std::size_t column, std::size_t row) const {
  const std::string& field = text(column, row);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error == std::errc() && end == field.data() + field.size()) return value;
  throw InputError(fmt::format("{}: column '{}' is '{}', expected a whole number from 0",
                               place(row), names_[column], field));
}

std::string CsvTable::place(std::size_t row) const {
  return fmt::format("{}, line {}", path_.string(), line_of_record(path_, row + 1));
}

}  // namespace af::audit
