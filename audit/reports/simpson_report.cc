#include "audit/reports/simpson_report.h"

#include <fmt/format.h>

#include "audit/reports/json_document.h"

namespace af::audit {
namespace {

std::string share_name(const SimpsonReversal& reversal) {
  const auto& [column, value] = reversal.share_of;
  return column == "metric" ? value : fmt::format("{} = {}", column, value);
}

Exhibit reversals_exhibit(const std::vector<SimpsonReversal>& reversals,
                          const std::string& looked_at) {
  Exhibit exhibit{
      .title = "Simpson's reversals",
      .says = fmt::format(
          "{} Compared are {}, of columns with up to {} groups.",
          reversals.empty()
              ? "None: no two groups change their order in all strata."
              : "The first group has the larger share over all rows, but in no stratum. "
                "Differences of the shares with Newcombe's 95 % interval.",
          looked_at, kMaxReversalGroups),
      .table = {.columns = {"share", "groups", "rows", "difference"}, .rows = {}},
      .chart = {}};
  if (reversals.empty()) {
    exhibit.table.rows.push_back({std::string("none"), std::string(), std::string(), Field()});
  }
  for (const SimpsonReversal& one : reversals) {
    exhibit.table.rows.push_back({share_name(one),
                                  fmt::format("{}: {} - {}", one.column, one.first, one.second),
                                  std::string("all"), one.overall});
    for (const SimpsonReversal::Stratum& part : one.strata) {
      exhibit.table.rows.push_back({std::string(), std::string(),
                                    fmt::format("{} = {}", one.stratum_column, part.value),
                                    part.difference});
    }
  }
  return exhibit;
}

Json reversals_json(const std::vector<SimpsonReversal>& reversals) {
  Json list = Json::array();
  for (const SimpsonReversal& one : reversals) {
    Json strata = Json::array();
    for (const SimpsonReversal::Stratum& part : one.strata) {
      strata.push_back({{"stratum", {{one.stratum_column, part.value}}},
                        {"difference", estimate_json(part.difference)}});
    }
    list.push_back({{"target", {{one.share_of.first, one.share_of.second}}},
                    {"column", one.column},
                    {"first", one.first},
                    {"second", one.second},
                    {"difference", estimate_json(one.overall)},
                    {"strata", std::move(strata)}});
  }
  return list;
}

}  // namespace

void add_reversals(Report& report, const std::vector<SimpsonReversal>& reversals,
                   const std::string& looked_at) {
  report.exhibits.push_back(reversals_exhibit(reversals, looked_at));
  Json& list = report.document["simpson_reversals"];
  if (!list.is_array()) list = Json::array();
  for (Json& one : reversals_json(reversals)) list.push_back(std::move(one));
  report.document["simpson_reversal_count"] = list.size();
}

}  // namespace af::audit
