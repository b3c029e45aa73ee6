#include "audit/forms/shown_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace af::audit {
namespace {

/// Number of the note with this text, which is added if it is new.
std::size_t note(std::vector<std::string>& reasons, const std::string& reason) {
  const auto found = std::ranges::find(reasons, reason);
  if (found != reasons.end()) return static_cast<std::size_t>(found - reasons.begin()) + 1;
  reasons.push_back(reason);
  return reasons.size();
}

std::string shown_value(const Estimate& e, std::vector<std::string>& reasons) {
  return e.value ? shown_number(*e.value) : fmt::format("undefined [{}]", note(reasons, e.reason));
}

std::string shown_interval(const Field& field) {
  const auto* e = std::get_if<Estimate>(&field);
  if (e == nullptr || !e->low) return {};
  return fmt::format("[{}, {}]", shown_number(*e->low), shown_number(*e->high));
}

std::string shown_field(const Field& field, std::vector<std::string>& reasons) {
  if (const auto* text = std::get_if<std::string>(&field)) return *text;
  if (const auto* count = std::get_if<std::uint64_t>(&field)) return fmt::format("{}", *count);
  if (const auto* number = std::get_if<double>(&field)) return shown_number(*number);
  if (const auto* e = std::get_if<Estimate>(&field)) return shown_value(*e, reasons);
  return {};
}

/// Appends a column of texts to the table.
void add_column(ShownTable& to, std::string title, bool is_number,
                const std::vector<std::string>& texts) {
  to.columns.push_back({.title = std::move(title), .is_number = is_number});
  for (std::size_t row = 0; row < texts.size(); ++row) to.rows[row].push_back(texts[row]);
}

void show_column(ShownTable& to, const Table& table, std::size_t column,
                 std::vector<std::string>& reasons) {
  std::vector<std::string> values;
  std::vector<std::string> intervals;
  bool is_number = false;
  bool has_interval = false;
  for (const std::vector<Field>& row : table.rows) {
    values.push_back(shown_field(row[column], reasons));
    intervals.push_back(shown_interval(row[column]));
    is_number = is_number || !std::holds_alternative<std::string>(row[column]);
    has_interval = has_interval || !intervals.back().empty();
  }
  add_column(to, table.columns[column], is_number, values);
  if (has_interval) add_column(to, table.interval_title, false, intervals);
}

}  // namespace

std::string shown_number(double number) {
  const double size = std::abs(number);
  if (size > 1 && number == std::floor(number)) return fmt::format("{:.0f}", number);
  return size < 10 ? fmt::format("{:.4f}", number) : fmt::format("{:.1f}", number);
}

ShownTable shown(const Table& table) {
  ShownTable result;
  result.rows.resize(table.rows.size());
  std::vector<std::string> reasons;
  for (std::size_t c = 0; c < table.columns.size(); ++c) show_column(result, table, c, reasons);
  result.notes = table.notes;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    result.notes.push_back(fmt::format("[{}] {}", i + 1, reasons[i]));
  }
  return result;
}

}  // namespace af::audit
