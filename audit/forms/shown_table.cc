#include "audit/forms/shown_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/reports/shown_numbers.h"

namespace af::audit {
namespace {

/// Number of the note with this text, which is added if it is new.
std::size_t note(std::vector<std::string>& reasons, const std::string& reason) {
  const auto found = std::ranges::find(reasons, reason);
  if (found != reasons.end()) return static_cast<std::size_t>(found - reasons.begin()) + 1;
  reasons.push_back(reason);
  return reasons.size();
}

ShownField shown_value(const Estimate& e, std::vector<std::string>& reasons) {
  if (e.value) return {.text = shown_number(*e.value), .numbers = {*e.value}};
  return {.text = fmt::format("undefined [{}]", note(reasons, e.reason))};
}

ShownField shown_interval(const Field& field) {
  const auto* e = std::get_if<Estimate>(&field);
  if (e == nullptr || !e->low) return {};
  return {.text = fmt::format("[{}, {}]", shown_number(*e->low), shown_number(*e->high)),
          .numbers = {*e->low, *e->high}};
}

ShownField shown_field(const Field& field, std::vector<std::string>& reasons) {
  if (const auto* text = std::get_if<std::string>(&field)) return {.text = *text};
  if (const auto* count = std::get_if<std::uint64_t>(&field)) {
    return {.text = fmt::format("{}", *count), .numbers = {static_cast<double>(*count)}};
  }
  if (const auto* number = std::get_if<double>(&field)) {
    return {.text = shown_number(*number), .numbers = {*number}};
  }
  if (const auto* e = std::get_if<Estimate>(&field)) return shown_value(*e, reasons);
  if (const auto* p = std::get_if<PValue>(&field)) {
    return {.text = shown_p(p->p, p->standard_error), .numbers = {p->p}};
  }
  if (const auto* answer = std::get_if<Answer>(&field)) {
    return {.text = answer->word, .tone = answer->tone};
  }
  return {};
}

bool is_number(const Field& field) {
  return std::holds_alternative<std::uint64_t>(field) || std::holds_alternative<double>(field) ||
         std::holds_alternative<Estimate>(field) || std::holds_alternative<PValue>(field);
}

/// Appends a column to the table.
void add_column(ShownTable& to, ShownTable::Column column, std::vector<ShownField> fields) {
  to.columns.push_back(std::move(column));
  for (std::size_t row = 0; row < fields.size(); ++row) {
    to.rows[row].push_back(std::move(fields[row]));
  }
}

void show_column(ShownTable& to, const Table& table, std::size_t column,
                 std::vector<std::string>& reasons) {
  std::vector<ShownField> values;
  std::vector<ShownField> intervals;
  bool numbers = false;
  bool has_interval = false;
  for (const std::vector<Field>& row : table.rows) {
    values.push_back(shown_field(row[column], reasons));
    intervals.push_back(shown_interval(row[column]));
    numbers = numbers || is_number(row[column]);
    has_interval = has_interval || !intervals.back().text.empty();
  }
  add_column(to, {.title = table.columns[column], .is_number = numbers}, std::move(values));
  if (!has_interval) return;
  add_column(to, {.title = table.interval_title, .is_interval = true}, std::move(intervals));
}

/// How many columns in front name what a row is of.
std::size_t keys_of(const Table& table, const ShownTable& shown_table) {
  if (table.keys > 0) return table.keys;
  const auto first = std::ranges::find(shown_table.columns, true, &ShownTable::Column::is_number);
  return std::max<std::size_t>(1, static_cast<std::size_t>(first - shown_table.columns.begin()));
}

}  // namespace

ShownTable shown(const Table& table) {
  ShownTable result;
  result.rows.resize(table.rows.size());
  std::vector<std::string> reasons;
  for (std::size_t c = 0; c < table.columns.size(); ++c) show_column(result, table, c, reasons);
  result.keys = keys_of(table, result);
  result.notes = table.notes;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    result.notes.push_back(fmt::format("[{}] {}", i + 1, reasons[i]));
  }
  return result;
}

}  // namespace af::audit
