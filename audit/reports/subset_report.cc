#include "audit/reports/subset_report.h"

#include <fmt/format.h>

#include "audit/charts/colours.h"
#include "audit/charts/forest_chart.h"
#include "audit/reports/composition_report.h"
#include "audit/reports/findings.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/group_tables.h"
#include "audit/reports/json_document.h"
#include "audit/reports/test_report.h"

namespace af::audit {
namespace {

std::string representation_finding(const SubsetAudit& audit) {
  std::vector<Named> values;
  std::size_t apart = 0;
  for (std::size_t cell = 0; cell < audit.cells.size(); ++cell) {
    const SubsetCell& one = audit.cells[cell];
    if (one.representation.value) {
      values.push_back({.name = cell_values(audit.pool, cell), .estimate = one.representation});
    }
    if (one.test.p_holm && *one.test.p_holm < 0.05) ++apart;
  }
  return fmt::format("{} {} of {} cells differ from labelling at random at 5 % (Holm).",
                     range_sentence("Representation", values), apart, audit.cells.size());
}

Exhibit representation_exhibit(const SubsetAudit& audit) {
  Exhibit exhibit{.title = "Labelled against pool",
                  .says =
                      "Representation is a cell's share of the labelled rows over its share "
                      "of the pool: 1 as if labelled at random, above 1 over-represented. "
                      "Expected is the count if labelled at random, p the chance of one no more "
                      "probable than the labelled (hypergeometric, exact); Holm: adjusted for all "
                      "cells.",
                  .table = {},
                  .chart = {},
                  .marks = "Dashed: as in the pool.",
                  .finding = representation_finding(audit)};
  for (const Factor& factor : audit.pool.factors()) exhibit.table.columns.push_back(factor.name);
  exhibit.table.columns.insert(exhibit.table.columns.end(),
                               {"pool", "labelled", "expected", "representation", "p", "p (Holm)"});
  ForestPanel panel{.title = factor_names(audit.pool.factors()),
                    .lines = {},
                    .reference = 1.0,
                    .is_share = false};
  const Factor& last = audit.pool.factors().back();
  for (std::size_t cell = 0; cell < audit.cells.size(); ++cell) {
    const SubsetCell& one = audit.cells[cell];
    std::vector<Field>& row = exhibit.table.rows.emplace_back();
    const std::vector<std::size_t> codes = audit.pool.codes(cell);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      row.emplace_back(audit.pool.factors()[i].values[codes[i]]);
    }
    row.insert(row.end(), {one.pool, one.labelled, one.expected, one.representation,
                           one.test.p_value ? p_field(one.test) : Field(), holm_field(one.test)});
    panel.lines.push_back({.label = cell_values(audit.pool, cell),
                           .colour = last.values[codes.back()],
                           .estimate = one.representation});
  }
  if (panel.lines.size() <= kMaxDrawnGroups) {
    exhibit.chart = forest_chart({panel}, {.axis = "labelled share / pool share",
                                           .lines = "",
                                           .colours = labelled_colours(last.values)});
  }
  return exhibit;
}

Exhibit drift_exhibit(const SubsetAudit& audit) {
  const Drift& drift = audit.drift;
  return {
      .title = "Drift from the pool",
      .says =
          "All cells together. Total variation: share of rows that would have to be in "
          "another cell; even labelling at random gives some, on average the expected. "
          "Jensen-Shannon in bits, 0 to 1. PSI: population stability index. p: chance of "
          "counts no more probable than the labelled (multivariate hypergeometric).",
      .table = {.columns = {"measure", "value", "expected at random"},
                .rows = {{std::string("total variation"), drift.total_variation,
                          drift.total_variation_at_random ? Field(*drift.total_variation_at_random)
                                                          : Field()},
                         {std::string("Jensen-Shannon"), drift.jensen_shannon, Field()},
                         {std::string("PSI"), drift.psi, Field()},
                         {"p, " + audit.test.method, p_field(audit.test), Field()}}},
      .chart = {}};
}

Json drift_json(const SubsetAudit& audit) {
  return {{"total_variation", audit.drift.total_variation},
          {"total_variation_at_random", audit.drift.total_variation_at_random
                                            ? Json(*audit.drift.total_variation_at_random)
                                            : Json(nullptr)},
          {"jensen_shannon", audit.drift.jensen_shannon},
          {"psi", estimate_json(audit.drift.psi)},
          {"test", test_json(audit.test)}};
}

Json cells_json(const SubsetAudit& audit) {
  Json list = Json::array();
  for (std::size_t cell = 0; cell < audit.cells.size(); ++cell) {
    const SubsetCell& one = audit.cells[cell];
    Json entry = cell_json(audit.pool, cell);
    add_member(entry, "pool_count", one.pool);
    add_member(entry, "pool_share", *one.pool_share.value);
    add_member(entry, "labelled_count", one.labelled);
    add_member(entry, "labelled_share", estimate_json(one.labelled_share));
    add_member(entry, "expected", one.expected);
    add_member(entry, "representation", estimate_json(one.representation));
    add_member(entry, "test", test_json(one.test));
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

Report subset_report(const SubsetAudit& audit, bool has_target, const std::string& pool,
                     const std::string& subset) {
  Report report = composition_report(compose(audit.labelled, has_target, audit.method), subset);
  report.title = fmt::format("Labelled subset {} against pool {}", subset, pool);
  report.facts = {{"Pool", pool},
                  {"Pool rows", fmt::format("{}", audit.pool.total())},
                  {"Subset", subset},
                  {"Labelled rows", fmt::format("{}", audit.labelled.total())}};
  report.exhibits.insert(report.exhibits.begin(),
                         {representation_exhibit(audit), drift_exhibit(audit)});
  report.document["kind"] = "subset";
  report.document["pool"] = pool;
  report.document["pool_rows"] = audit.pool.total();
  report.document["against_pool"] = cells_json(audit);
  report.document["drift"] = drift_json(audit);
  return report;
}

}  // namespace af::audit
