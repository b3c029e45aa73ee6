#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "audit/statistics/estimate.h"

/// What an audit has to say, before it takes a form: text, JSON or a page.
namespace af::audit {

/// The probability of a test, with its standard error if it was simulated.
struct PValue {
  double p = 1;
  std::optional<double> standard_error;
};

/// A verdict in a word; on a page it has a mark and a colour too.
struct Answer {
  enum class Tone { kGood, kBad, kOpen };
  std::string word;
  Tone tone = Tone::kOpen;
};

/// One field of a table: nothing, a name, a count, a number, or a number with its interval.
using Field =
    std::variant<std::monostate, std::string, std::uint64_t, double, Estimate, PValue, Answer>;

/// A column of estimates is shown with a column of their intervals beside it. An empty text below a
/// text stands for the same text again.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Field>> rows;
  std::string interval_title = "95 % interval";
  std::size_t keys = 0;  ///< Columns in front that name a row; 0: all before the first numbers.
  std::vector<std::string> notes;  ///< Sentences below the table.
};

enum class Shown { kEverywhere, kPage, kText };

/// One thing that a report shows: a table, and on a page also a chart of the same numbers.
struct Exhibit {
  std::string title;
  std::string says;  ///< What it shows, and what an interval or a band in it is.
  Table table;
  nlohmann::json chart;  ///< Vega-Lite specification with its data; null if there is none.
  Shown shown = Shown::kEverywhere;
  bool narrow = false;  ///< Takes half of a wide page, beside the next one.
  std::string marks;    ///< What the chart's marks stand for; shown with it alone.
  std::string finding;  ///< What it shows of these data, in a sentence; empty if there is none.
};

struct Report {
  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;  ///< Inputs and totals, by name.
  std::vector<Exhibit> exhibits;
  nlohmann::ordered_json document;  ///< The JSON form, in full precision.
};

}  // namespace af::audit
