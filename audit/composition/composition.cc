#include "audit/composition/composition.h"

#include <fmt/format.h>

#include <array>
#include <numeric>

#include "audit/statistics/divergence.h"
#include "core/errors.h"

namespace af::audit {
namespace {

Measure share_of(const WeightedRows& part, const WeightedRows& whole, IntervalMethod method) {
  Measure measure{.estimate = estimate(part, whole, "rows", method), .proportion = {}};
  if (measure.estimate.value) measure.proportion = proportion_of(part, whole);
  return measure;
}

Conditional conditional(const ContingencyTable& cells, std::size_t condition, std::size_t outcome,
                        IntervalMethod method) {
  const ContingencyTable pair = cells.marginal(std::array{condition, outcome});
  const ContingencyTable given = cells.marginal(std::array{condition});
  Conditional result{.condition = condition, .outcome = outcome, .shares = {}};
  const std::size_t outcomes = pair.factors()[1].values.size();
  for (std::size_t c = 0; c < given.cells(); ++c) {
    std::vector<Estimate>& row = result.shares.emplace_back();
    for (std::size_t o = 0; o < outcomes; ++o) {
      row.push_back(share_of(pair.rows(c * outcomes + o), given.rows(c), method).estimate);
    }
  }
  return result;
}

ClassBias bias_of(const ContingencyTable& pair, std::size_t target_value, std::size_t factor,
                  IntervalMethod method) {
  ClassBias bias{.target_value = target_value, .group_factor = factor};
  const std::size_t groups = pair.factors()[1].values.size();
  const std::size_t first = target_value * groups;
  WeightedRows rows;
  for (std::size_t g = 0; g < groups; ++g) {
    const WeightedRows here = pair.rows(first + g);
    if (here.weight > pair.rows(first + bias.majority).weight) bias.majority = g;
    if (here.weight <= pair.rows(first + bias.minority).weight) bias.minority = g;
    rows += here;
  }
  bias.majority_share = share_of(pair.rows(first + bias.majority), rows, method).estimate;
  bias.minority_share = share_of(pair.rows(first + bias.minority), rows, method).estimate;
  return bias;
}

GroupMetric counts_metric(const ContingencyTable& groups) {
  const auto measure = [](std::uint64_t rows) {
    return Measure{.estimate = exactly(static_cast<double>(rows), "none: a count is exact"),
                   .proportion = {}};
  };
  GroupMetric metric{.name = "count", .overall = measure(groups.total()), .by_group = {}};
  for (std::size_t g = 0; g < groups.cells(); ++g) {
    metric.by_group.push_back(measure(groups.count(g)));
  }
  return metric;
}

std::string base_rate_name(const Factor& target, const std::string& value) {
  return fmt::format("p_{}_{}", target.name, value);
}

/// P(target = value | group) for one value.
GroupMetric base_rate(const ContingencyTable& cells, const ContingencyTable& groups,
                      std::size_t value, IntervalMethod method) {
  const Factor& target = cells.factors().front();
  GroupMetric metric{
      .name = base_rate_name(target, target.values[value]), .overall = {}, .by_group = {}};
  WeightedRows rows;
  for (std::size_t g = 0; g < groups.cells(); ++g) {
    const WeightedRows here = cells.rows(value * groups.cells() + g);
    metric.by_group.push_back(share_of(here, groups.rows(g), method));
    rows += here;
  }
  metric.overall = share_of(rows, groups.all_rows(), method);
  return metric;
}

MetricFrame base_rates(const ContingencyTable& cells, bool has_target, IntervalMethod method) {
  std::vector<std::size_t> kept(cells.factors().size() - (has_target ? 1 : 0));
  std::iota(kept.begin(), kept.end(), has_target ? std::size_t{1} : std::size_t{0});
  MetricFrame frame{.groups = cells.marginal(kept), .metrics = {}};
  frame.metrics.push_back(counts_metric(frame.groups));
  if (!has_target) return frame;
  for (std::size_t value = 0; value < cells.factors().front().values.size(); ++value) {
    frame.metrics.push_back(base_rate(cells, frame.groups, value, method));
  }
  return frame;
}

std::vector<Estimate> npmi_of(const TwoWayTable& table) {
  const auto classes = table.row_sums();
  const auto groups = table.column_sums();
  const std::uint64_t total = table.total();
  std::vector<Estimate> all;
  for (std::size_t cell = 0; cell < table.counts.size(); ++cell) {
    all.push_back(normalised_pmi(table.counts[cell], classes[cell / table.columns],
                                 groups[cell % table.columns], total));
  }
  return all;
}

std::vector<double> effective_rows(const ContingencyTable& groups) {
  std::vector<double> rows;
  for (std::size_t g = 0; g < groups.cells(); ++g) rows.push_back(groups.rows(g).effective());
  return rows;
}

void relate_class_and_groups(Composition& result) {
  for (std::size_t factor = 1; factor < result.cells.factors().size(); ++factor) {
    result.conditionals.push_back(conditional(result.cells, factor, 0, result.method));
    result.conditionals.push_back(conditional(result.cells, 0, factor, result.method));
  }
  result.bias = class_bias(result.cells, result.method);
  result.relations = relations_of(result.cells);
  const TwoWayTable& table = result.relations.back().table;  // All group columns together.
  result.npmi = npmi_of(table);
  const std::vector<double> rows = effective_rows(result.frame.groups);
  result.four_fifths = four_fifths(table, rows);
  result.differential_fairness = differential_fairness(table, 0, rows);
  result.smoothed_fairness = differential_fairness(table, 1, rows);
  result.reversals = simpson_reversals(result.cells);
}

}  // namespace

std::vector<ClassBias> class_bias(const ContingencyTable& cells, IntervalMethod method) {
  std::vector<ClassBias> all;
  for (std::size_t factor = 1; factor < cells.factors().size(); ++factor) {
    const ContingencyTable pair = cells.marginal(std::array{std::size_t{0}, factor});
    for (std::size_t value = 0; value < pair.factors()[0].values.size(); ++value) {
      all.push_back(bias_of(pair, value, factor, method));
    }
  }
  return all;
}

StrataAudit composition_strata(const ContingencyTable& cells, IntervalMethod method) {
  if (cells.total() == 0) throw InputError("there are no rows to audit");
  const Factor& column = cells.factors()[0];
  StrataAudit audit{.column = column.name, .strata = {}, .disparities = {}};
  std::vector<std::string> names;
  for (const std::string& value : cells.factors()[1].values) {
    names.push_back(base_rate_name(cells.factors()[1], value));
  }
  for (std::size_t value = 0; value < column.values.size(); ++value) {
    const ContingencyTable part = cells.slice(value);
    audit.strata.push_back({.value = column.values[value],
                            .rows = part.all_rows(),
                            .disparities = metric_disparities(base_rates(part, true, method))});
  }
  compare_strata(audit, names);
  return audit;
}

Composition compose(ContingencyTable cells, bool has_target, IntervalMethod method) {
  if (cells.total() == 0) throw InputError("there are no rows to audit");
  Composition result{.cells = std::move(cells),
                     .has_target = has_target,
                     .method = method,
                     .frame = {.groups = ContingencyTable({}), .metrics = {}}};
  const WeightedRows all = result.cells.all_rows();
  for (std::size_t cell = 0; cell < result.cells.cells(); ++cell) {
    result.shares.push_back(share_of(result.cells.rows(cell), all, method).estimate);
  }
  result.frame = base_rates(result.cells, has_target, method);
  result.disparities = metric_disparities(result.frame);
  if (has_target && result.cells.factors().size() > 1) relate_class_and_groups(result);
  return result;
}

}  // namespace af::audit
