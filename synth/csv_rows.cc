#include "synth/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include "core/csv_scan.h"
#include "core/errors.h"
#include "core/text.h"
#include "synth/row_fields.h"

namespace af::synth {
namespace {

using Take = std::function<void(const nlohmann::json&, const std::string&)>;

std::vector<std::string> column_names(const std::string& file, CsvScan& scan) {
  std::optional<CsvRecord> header = scan.next();
  if (!header) throw InputError(file + " has no line that names its columns");
  std::vector<std::string> known = row_fields();
  known.insert(known.end(), {"translation_x", "translation_y"});
  for (const std::string& name : header->fields) {
    if (std::ranges::find(known, name) == known.end()) {
      throw InputError(fmt::format("{}: rows have no column '{}'{}; expected {}", file, name,
                                   did_you_mean(name, known), listed(known)));
    }
    if (std::ranges::count(header->fields, name) > 1) {
      throw InputError(fmt::format("{} has two columns '{}'; expected one", file, name));
    }
  }
  return std::move(header->fields);
}

nlohmann::json value_of(const std::string& name, const std::string& cell) {
  if (is_text_field(name)) return cell;
  if (is_flag_field(name)) {
    if (cell == "1" || cell == "True" || cell == "TRUE") return true;
    if (cell == "0" || cell == "False" || cell == "FALSE") return false;
  }
  nlohmann::json value = nlohmann::json::parse(cell, nullptr, false);
  return value.is_discarded() ? nlohmann::json(cell) : value;
}

nlohmann::json object_of(const std::vector<std::string>& names,
                         const std::vector<std::string>& cells) {
  nlohmann::json object = nlohmann::json::object();
  std::array<nlohmann::json, 2> translation;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    nlohmann::json value = value_of(names[i], cells[i]);
    if (names[i] == "translation_x") {
      translation[0] = std::move(value);
    } else if (names[i] == "translation_y") {
      translation[1] = std::move(value);
    } else {
      object[names[i]] = std::move(value);
    }
  }
  if (!translation[0].is_null() || !translation[1].is_null()) object["translation"] = translation;
  return object;
}

}  // namespace

void read_csv_rows(const std::filesystem::path& file, const Take& take) {
  if (!std::ifstream(file)) throw InputError(fmt::format("{} cannot be read", file.string()));
  CsvScan scan(file);
  const std::vector<std::string> names = column_names(file.string(), scan);
  while (const std::optional<CsvRecord> record = scan.next()) {
    const std::string where = fmt::format("{}, line {}", file.string(), record->line);
    if (record->fields.size() != names.size()) {
      throw InputError(
          fmt::format("{} has {} cells; expected {}", where, record->fields.size(), names.size()));
    }
    take(object_of(names, record->fields), where);
  }
}

}  // namespace af::synth
