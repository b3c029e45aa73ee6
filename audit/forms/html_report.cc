#include "audit/forms/html_report.h"

#include <fmt/format.h>

#include "audit/forms/shown_table.h"
#include "audit/page/page_assets.h"
#include "core/version.h"

namespace af::audit {
namespace {

std::string table_html(const Table& table) {
  const ShownTable shown_table = shown(table);
  std::string html = "<div class=\"table\"><table>\n<thead><tr>";
  const auto kind = [&](std::size_t c) {
    return shown_table.columns[c].is_number ? " class=\"number\"" : "";
  };
  for (std::size_t c = 0; c < shown_table.columns.size(); ++c) {
    html += fmt::format("<th scope=\"col\"{}>{}</th>", kind(c),
                        html_escaped(shown_table.columns[c].title));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const auto& row : shown_table.rows) {
    html += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      html += fmt::format("<td{}>{}</td>", kind(c), html_escaped(row[c]));
    }
    html += "</tr>\n";
  }
  html += "</tbody></table></div>\n";
  for (const std::string& note : shown_table.notes) {
    html += fmt::format("<p class=\"note\">{}</p>\n", html_escaped(note));
  }
  return html;
}

/// A chart takes the place of its table, which folds away once the chart is drawn.
std::string exhibit_html(const Exhibit& exhibit, std::size_t number) {
  std::string html = fmt::format(
      "<section{3} aria-labelledby=\"h{0}\">\n<h2 id=\"h{0}\">{1}"
      "</h2>\n<p>{2}</p>\n",
      number, html_escaped(exhibit.title), html_escaped(exhibit.says),
      exhibit.narrow ? " class=\"narrow\"" : "");
  if (exhibit.chart.is_null()) return html + table_html(exhibit.table) + "</section>\n";
  html += fmt::format("<div class=\"chart\" id=\"chart{}\" role=\"img\" aria-label=\"{}\"></div>\n",
                      number, html_escaped(exhibit.title + ". " + exhibit.says));
  return html + "<details open><summary>Numbers</summary>\n" + table_html(exhibit.table) +
         "</details>\n</section>\n";
}

std::string facts_html(const Report& report) {
  std::string html = "<dl>\n";
  for (const auto& [name, value] : report.facts) {
    html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_escaped(name), html_escaped(value));
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
  fill(page, "facts", facts_html(report));
  fill(page, "heading", html_escaped(report.title));
  fill(page, "style", page_assets::style());
  fill(page, "title", html_escaped(report.title));
  return page;
}

}  // namespace af::audit
