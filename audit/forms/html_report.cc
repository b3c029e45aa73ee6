#include "audit/forms/html_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/forms/shown_table.h"
#include "audit/page/page_assets.h"
#include "core/version.h"

namespace af::audit {
namespace {

const char* class_of(Answer::Tone tone) {
  switch (tone) {
    case Answer::Tone::kGood: return "good";
    case Answer::Tone::kBad: return "bad";
    case Answer::Tone::kOpen: break;
  }
  return "open";
}

using Rows = std::vector<std::vector<ShownField>>;

/// An empty text below a text stands for it again if all before it in its row do.
bool repeats(const Rows& rows, std::size_t row, std::size_t column) {
  if (row == 0) return false;
  for (std::size_t c = 0; c <= column; ++c) {
    if (!rows[row][c].text.empty()) return false;
  }
  return true;
}

std::size_t row_span(const Rows& rows, std::size_t row, std::size_t column) {
  std::size_t span = 1;
  while (row + span < rows.size() && repeats(rows, row + span, column)) ++span;
  return span;
}

/// Bytes of a name that may be broken into lines.
constexpr std::size_t kLongName = 44;

std::string row_header(const Rows& rows, std::size_t row, std::size_t column) {
  if (repeats(rows, row, column)) return {};
  const ShownField& field = rows[row][column];
  const std::size_t span = row_span(rows, row, column);
  std::string html = span > 1 ? fmt::format("<th scope=\"rowgroup\" rowspan=\"{}\"", span)
                              : std::string("<th scope=\"row\"");
  if (field.tone) html += fmt::format(" class=\"{}\"", class_of(*field.tone));
  if (field.text.size() > kLongName) html += " class=\"long\"";
  return html + fmt::format(" dir=\"auto\">{}</th>", html_escaped(field.text));
}

/// The full numbers go along, for programs that read the page.
std::string cell(const ShownField& field, bool is_number) {
  std::string classes = is_number ? "number" : "";
  if (field.tone) classes = class_of(*field.tone);
  std::string html = "<td";
  if (!classes.empty()) html += fmt::format(" class=\"{}\"", classes);
  if (!field.numbers.empty()) html += fmt::format(" data-of=\"{}\"", fmt::join(field.numbers, " "));
  if (field.numbers.empty()) html += " dir=\"auto\"";
  return html + fmt::format(">{}</td>", html_escaped(field.text));
}

std::string table_head(const ShownTable& table, const std::string& caption) {
  std::string html =
      fmt::format("<table>\n<caption>{}</caption>\n<thead><tr>", html_escaped(caption));
  for (const ShownTable::Column& column : table.columns) {
    html += fmt::format("<th scope=\"col\"{}>{}</th>", column.is_number ? " class=\"number\"" : "",
                        html_escaped(column.title));
  }
  return html + "</tr></thead>\n<tbody>\n";
}

/// A box that scrolls, which the keyboard must reach.
std::string scrolling(const std::string& name, const std::string& inside) {
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</div>\n",
      html_escaped(name), inside);
}

std::string table_html(const Exhibit& exhibit) {
  const ShownTable table = shown(exhibit.table);
  std::string html = table_head(table, exhibit.title);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    html += "<tr>";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      html += c < table.keys ? row_header(table.rows, row, c)
                             : cell(table.rows[row][c], table.columns[c].is_number);
    }
    html += "</tr>\n";
  }
  html = scrolling("Table: " + exhibit.title, html + "</tbody></table>");
  for (const std::string& note : table.notes) {
    html += fmt::format("<p class=\"note\" dir=\"auto\">{}</p>\n", html_escaped(note));
  }
  return html;
}

std::string explained(const Exhibit& exhibit) {
  if (exhibit.chart.is_null() || exhibit.marks.empty()) return exhibit.says;
  return exhibit.says + " " + exhibit.marks;
}

std::string said(const Exhibit& exhibit) {
  return exhibit.finding.empty() ? explained(exhibit) : exhibit.finding + " " + explained(exhibit);
}

std::string sentences_html(const Exhibit& exhibit) {
  std::string html;
  if (!exhibit.finding.empty()) {
    html = fmt::format("<p class=\"finding\">{}</p>\n", html_escaped(exhibit.finding));
  }
  return html + fmt::format("<p>{}</p>\n", html_escaped(explained(exhibit)));
}

/// A chart takes the place of its table, which folds away once the chart is drawn.
std::string exhibit_html(const Exhibit& exhibit, std::size_t number) {
  std::string html =
      fmt::format("<section{} id=\"s{}\" aria-labelledby=\"h{}\">\n<h2 id=\"h{}\">{}</h2>\n{}",
                  exhibit.narrow ? " class=\"narrow\"" : "", number, number, number,
                  html_escaped(exhibit.title), sentences_html(exhibit));
  if (exhibit.chart.is_null()) return html + table_html(exhibit) + "</section>\n";
  html += scrolling("Chart: " + exhibit.title,
                    fmt::format("<div class=\"chart\" id=\"chart{}\" role=\"img\" "
                                "aria-label=\"{}\"></div>",
                                number, html_escaped(exhibit.title + ". " + said(exhibit))));
  return html +
         fmt::format(
             "<details open><summary>Numbers<span class=\"unseen\"> of {}</span></summary>\n",
             html_escaped(exhibit.title)) +
         table_html(exhibit) + "</details>\n</section>\n";
}

std::string contents_html(const Report& report) {
  std::string html;
  for (std::size_t i = 0; i < report.exhibits.size(); ++i) {
    const Exhibit& exhibit = report.exhibits[i];
    if (exhibit.shown == Shown::kText) continue;
    html += fmt::format("<li><a href=\"#s{}\">{}</a></li>\n", i, html_escaped(exhibit.title));
  }
  return html;
}

std::string facts_html(const Report& report) {
  std::string html = "<dl>\n";
  for (const auto& [name, value] : report.facts) {
    html += fmt::format("<dt>{}</dt><dd dir=\"auto\">{}</dd>\n", html_escaped(name),
                        html_escaped(value));
  }
  return html + "</dl>\n";
}

/// {"chart0": specification, ...}
nlohmann::json charts_of(const Report& report) {
  nlohmann::json charts = nlohmann::json::object();
  for (std::size_t i = 0; i < report.exhibits.size(); ++i) {
    const Exhibit& exhibit = report.exhibits[i];
    if (exhibit.shown == Shown::kText || exhibit.chart.is_null()) continue;
    charts[fmt::format("chart{}", i)] = exhibit.chart;
  }
  return charts;
}

/// Puts `value` in the place of `{{name}}`, which the template has once.
void fill(std::string& page, std::string_view name, std::string_view value) {
  const std::string slot = fmt::format("{{{{{}}}}}", name);
  page.replace(page.find(slot), slot.size(), value);
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string script_json(const nlohmann::json& value) {
  const std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string safe;
  for (const char c : text) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string html_report(const Report& report) {
  std::string sections;
  for (std::size_t i = 0; i < report.exhibits.size(); ++i) {
    if (report.exhibits[i].shown == Shown::kText) continue;
    sections += exhibit_html(report.exhibits[i], i);
  }
  std::string page(page_assets::page_template());
  // Last slots first: what is put in is never searched for slots.
  fill(page, "script", page_assets::script());
  fill(page, "charts", script_json(charts_of(report)));
  fill(page, "vega_embed", page_assets::vega_embed());
  fill(page, "vega_lite", page_assets::vega_lite());
  fill(page, "vega", page_assets::vega());
  fill(page, "licences", html_escaped(page_assets::licences()));
  fill(page, "version", html_escaped(fmt::format("afaudit {}", version())));
  fill(page, "sections", sections);
  fill(page, "contents", contents_html(report));
  fill(page, "facts", facts_html(report));
  fill(page, "heading", html_escaped(report.title));
  fill(page, "style", page_assets::style());
  fill(page, "title", html_escaped(report.title));
  return page;
}

}  // namespace af::audit
