#include "audit/reports/composition_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/charts/cells_chart.h"
#include "audit/charts/colours.h"
#include "audit/charts/forest_chart.h"
#include "audit/reports/findings.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/group_tables.h"
#include "audit/reports/json_document.h"
#include "audit/reports/relation_report.h"
#include "audit/reports/shown_numbers.h"

namespace af::audit {
namespace {

Exhibit cells_exhibit(const Composition& composition) {
  const ContingencyTable& cells = composition.cells;
  Exhibit exhibit{.title = "Rows by cell",
                  .says = fmt::format("Every combination of values, the empty ones too; share of "
                                      "all rows with its 95 % {} interval.",
                                      interval_words(composition.method)),
                  .table = {},
                  .chart = cells_chart(cells, composition.shares),
                  .finding = cells_sentence(cells, "cells")};
  for (const Factor& factor : cells.factors()) exhibit.table.columns.push_back(factor.name);
  exhibit.table.columns.emplace_back("count");
  if (cells.weighted()) exhibit.table.columns.emplace_back("weight");
  exhibit.table.columns.emplace_back("share");
  if (!composition.npmi.empty()) {
    exhibit.table.columns.emplace_back("NPMI");
    exhibit.says +=
        " NPMI: normalised pointwise mutual information of class and group, from -1 (never "
        "together) over 0 (as if independent) to 1 (always together).";
  }
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    std::vector<Field>& row = exhibit.table.rows.emplace_back();
    const std::vector<std::size_t> codes = cells.codes(cell);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      row.emplace_back(cells.factors()[i].values[codes[i]]);
    }
    row.emplace_back(cells.count(cell));
    if (cells.weighted()) row.emplace_back(cells.rows(cell).weight);
    row.emplace_back(composition.shares[cell]);
    if (!composition.npmi.empty()) row.emplace_back(composition.npmi[cell]);
  }
  return exhibit;
}

/// P(OUTCOME = value | CONDITION) by the condition's values.
std::vector<Named> shares_of(const Composition& composition, const Conditional& conditional,
                             std::size_t outcome) {
  const Factor& given = composition.cells.factors()[conditional.condition];
  std::vector<Named> shares;
  for (std::size_t c = 0; c < given.values.size(); ++c) {
    shares.push_back({.name = given.values[c], .estimate = conditional.shares[c][outcome]});
  }
  return shares;
}

/// The value whose share depends most on the condition.
std::string conditional_finding(const Composition& composition, const Conditional& conditional) {
  const Factor& given = composition.cells.factors()[conditional.condition];
  const Factor& of = composition.cells.factors()[conditional.outcome];
  std::size_t widest = 0;
  double width = -1;
  for (std::size_t o = 0; o < of.values.size(); ++o) {
    const double one = spread(shares_of(composition, conditional, o));
    if (one > width) widest = o;
    width = std::max(width, one);
  }
  return range_sentence(fmt::format("P({} = {} | {})", of.name, of.values[widest], given.name),
                        shares_of(composition, conditional, widest));
}

/// Panels of the factor that has fewer values: the other one's lines then lie below each other.
nlohmann::json conditional_chart(const Composition& composition, const Conditional& conditional,
                                 const std::string& p) {
  const Factor& given = composition.cells.factors()[conditional.condition];
  const Factor& of = composition.cells.factors()[conditional.outcome];
  const bool by_outcome = of.values.size() <= given.values.size();
  const Factor& panel = by_outcome ? of : given;
  const Factor& line = by_outcome ? given : of;
  if (line.values.size() > kMaxDrawnGroups || panel.values.size() > kMaxDrawnPanels) {
    return nullptr;
  }
  std::vector<ForestPanel> panels;
  for (std::size_t a = 0; a < panel.values.size(); ++a) {
    ForestPanel& one = panels.emplace_back();
    one.title = fmt::format("{} = {}", panel.name, panel.values[a]);
    for (std::size_t b = 0; b < line.values.size(); ++b) {
      one.lines.push_back(
          {.label = line.values[b],
           .colour = line.values[b],
           .estimate = by_outcome ? conditional.shares[b][a] : conditional.shares[a][b]});
    }
  }
  return forest_chart(panels,
                      {.axis = p, .lines = line.name, .colours = labelled_colours(line.values)});
}

Exhibit conditional_exhibit(const Composition& composition, const Conditional& conditional) {
  const Factor& given = composition.cells.factors()[conditional.condition];
  const Factor& of = composition.cells.factors()[conditional.outcome];
  const std::string p = fmt::format("P({} | {})", of.name, given.name);
  Exhibit exhibit{.title = p,
                  .says = fmt::format("Of the rows with each {}, the share of each {}, with its "
                                      "95 % {} interval.",
                                      given.name, of.name, interval_words(composition.method)),
                  .table = {.columns = {given.name, of.name, p}, .rows = {}},
                  .chart = conditional_chart(composition, conditional, p),
                  .finding = conditional_finding(composition, conditional)};
  for (std::size_t c = 0; c < given.values.size(); ++c) {
    for (std::size_t o = 0; o < of.values.size(); ++o) {
      exhibit.table.rows.push_back({given.values[c], of.values[o], conditional.shares[c][o]});
    }
  }
  return exhibit;
}

Exhibit bias_exhibit(const Composition& composition) {
  Exhibit exhibit{.title = "Majority and minority of each class",
                  .says =
                      "The group value that most and fewest rows of a class have, with their "
                      "shares of the class. Equal shares mean no bias.",
                  .table = {.columns = {composition.cells.factors()[0].name, "column", "value",
                                        "is the", "share"},
                            .rows = {}},
                  .chart = {}};
  for (const ClassBias& bias : composition.bias) {
    const Factor& group = composition.cells.factors()[bias.group_factor];
    exhibit.table.rows.push_back({composition.cells.factors()[0].values[bias.target_value],
                                  group.name, group.values[bias.majority], std::string("majority"),
                                  bias.majority_share});
    exhibit.table.rows.push_back({std::string(), std::string(), group.values[bias.minority],
                                  std::string("minority"), bias.minority_share});
  }
  return exhibit;
}

/// The class whose share differs most between the groups.
std::string base_rates_finding(const Composition& composition) {
  const Disparity* widest = nullptr;
  for (const Disparity& one : composition.disparities) {
    if (!one.name.ends_with("_difference") || one.name.starts_with("count_")) continue;
    if (widest == nullptr || one.estimate.value > widest->estimate.value) widest = &one;
  }
  return widest == nullptr
             ? std::string()
             : fmt::format("The largest: {} {}.", widest->name, shown_estimate(widest->estimate));
}

Json composition_counts(const Composition& composition) {
  Json counts = counts_json(composition.cells, composition.shares);
  for (std::size_t cell = 0; cell < composition.npmi.size(); ++cell) {
    add_member(counts[cell], "npmi", estimate_json(composition.npmi[cell]));
  }
  return counts;
}

Json conditionals_json(const Composition& composition) {
  Json list = Json::array();
  for (const Conditional& conditional : composition.conditionals) {
    const Factor& given = composition.cells.factors()[conditional.condition];
    const Factor& of = composition.cells.factors()[conditional.outcome];
    for (std::size_t c = 0; c < given.values.size(); ++c) {
      for (std::size_t o = 0; o < of.values.size(); ++o) {
        list.push_back({{"given", {{given.name, given.values[c]}}},
                        {"of", {{of.name, of.values[o]}}},
                        {"share", estimate_json(conditional.shares[c][o])}});
      }
    }
  }
  return list;
}

Json bias_json(const Composition& composition) {
  Json list = Json::array();
  for (const ClassBias& bias : composition.bias) {
    const Factor& group = composition.cells.factors()[bias.group_factor];
    const Factor& target = composition.cells.factors()[0];
    Json entry = {{target.name, target.values[bias.target_value]}};
    add_member(entry, "column", group.name);
    add_member(entry, "majority", group.values[bias.majority]);
    add_member(entry, "majority_share", estimate_json(bias.majority_share));
    add_member(entry, "minority", group.values[bias.minority]);
    add_member(entry, "minority_share", estimate_json(bias.minority_share));
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

Report composition_report(const Composition& composition, const std::string& source) {
  Report report{
      .title = "Composition of " + source,
      .facts = {{"Input", source}, {"Rows", fmt::format("{}", composition.cells.total())}},
      .exhibits = {cells_exhibit(composition)},
      .document = {}};
  for (const Conditional& conditional : composition.conditionals) {
    report.exhibits.push_back(conditional_exhibit(composition, conditional));
  }
  if (composition.has_target) {
    report.exhibits.push_back(bias_exhibit(composition));
    report.exhibits.push_back(
        {.title = "Base rates compared",
         .says = "Largest minus smallest share of a class over the groups, with Newcombe's 95 % "
                 "interval for these two groups, and smallest over largest.",
         .table = disparities_table(composition.disparities),
         .chart = disparities_chart(composition.disparities),
         .marks = "Dashed: groups alike.",
         .finding = base_rates_finding(composition)});
  }
  report.document = {{"kind", "composition"},
                     {"source", source},
                     {"rows", composition.cells.total()},
                     {"counts", composition_counts(composition)},
                     {"conditionals", conditionals_json(composition)},
                     {"bias", bias_json(composition)},
                     {"overall", overall_json(composition.frame)},
                     {"by_group", by_group_json(composition.frame)},
                     {"disparities", disparities_json(composition.disparities)}};
  if (!composition.relations.empty()) add_relations(report, composition);
  return report;
}

}  // namespace af::audit
