#include "audit/runs/run_audit.h"

#include "audit/composition/subset.h"

namespace af::audit {
namespace {

/// Rows by cell of the pool, or of all initial sets together.
ContingencyTable pool_or_initial(const RunFolder& run) {
  if (run.pool) return *run.pool;
  ContingencyTable sum(run.factors);
  for (const SeedRecord& seed : run.heuristics.front().seeds) {
    for (std::size_t cell = 0; cell < sum.cells(); ++cell) {
      sum.add(cell, seed.labelled.front().count(cell));
    }
  }
  return sum;
}

/// @param value  value(seed, step) -> optional number.
template <class Value>
Curve curve(const HeuristicRecord& record, std::size_t steps, Value value) {
  Curve result;
  for (const SeedRecord& seed : record.seeds) {
    auto& line = result.seeds.emplace_back();
    for (std::size_t step = 0; step < steps; ++step) line.push_back(value(seed, step));
  }
  for (std::size_t step = 0; step < steps; ++step) {
    std::vector<std::optional<double>> here;
    for (const auto& line : result.seeds) here.push_back(line[step]);
    result.steps.push_back(summarise(here));
  }
  return result;
}

double minority_share(const ContingencyTable& labelled, const std::vector<bool>& minority) {
  std::uint64_t rows = 0;
  for (std::size_t cell = 0; cell < minority.size(); ++cell) {
    if (minority[cell]) rows += labelled.count(cell);
  }
  return static_cast<double>(rows) / static_cast<double>(labelled.total());
}

std::vector<RunDisparity> over_seeds(const std::vector<PredictionAudit>& predictions) {
  std::vector<RunDisparity> result;
  for (std::size_t i = 0; i < predictions.front().disparities.size(); ++i) {
    std::vector<std::optional<double>> values;
    for (const PredictionAudit& seed : predictions) {
      values.push_back(seed.disparities[i].estimate.value);
    }
    result.push_back({predictions.front().disparities[i].name, summarise(values)});
  }
  return result;
}

HeuristicAudit audit_heuristic(const RunFolder& run, const HeuristicRecord& record,
                               const std::vector<bool>& minority,
                               const std::optional<std::string>& positive) {
  const std::size_t steps = run.steps.size();
  HeuristicAudit audit{.name = record.name};
  for (const SeedRecord& seed : record.seeds) {
    audit.predictions.push_back(audit_predictions(seed.test, positive));
  }
  audit.disparities = over_seeds(audit.predictions);
  for (std::size_t cell = 0; cell < minority.size(); ++cell) {
    audit.counts.push_back(curve(record, steps, [&](const SeedRecord& seed, std::size_t step) {
      return std::optional(static_cast<double>(seed.labelled[step].count(cell)));
    }));
  }
  audit.minority_share = curve(record, steps, [&](const SeedRecord& seed, std::size_t step) {
    return std::optional(minority_share(seed.labelled[step], minority));
  });
  if (run.pool) {
    audit.total_variation = curve(record, steps, [&](const SeedRecord& seed, std::size_t step) {
      return std::optional(drift_between(*run.pool, seed.labelled[step]).total_variation);
    });
    for (const SeedRecord& seed : record.seeds) {
      audit.first_drift.push_back(first_drift(*run.pool, seed.labelled));
    }
  }
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    audit.metrics.push_back(curve(record, steps, [&](const SeedRecord& seed, std::size_t step) {
      return seed.metrics[m][step];
    }));
  }
  return audit;
}

/// @param of  of(heuristic) -> its curve.
template <class Of>
SeedValues at_step(const RunAudit& audit, std::string measure, std::size_t step, Of of) {
  SeedValues values{.measure = std::move(measure), .values = {}};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    auto& seeds = values.values.emplace_back();
    for (const auto& seed : of(heuristic).seeds) seeds.push_back(seed[step]);
  }
  return values;
}

std::vector<PenaltyMatrix> penalties_of(const RunFolder& run, const RunAudit& audit) {
  std::vector<PenaltyMatrix> penalties;
  const std::size_t seeds = run.heuristics.front().seeds.size();
  if (run.heuristics.size() < 2 || run.steps.size() < 2 || seeds < kSeedsForPairedT) {
    return penalties;
  }
  for (const char* const name : {"accuracy", "worst_group_accuracy"}) {
    const auto at = run.metric(name);
    if (!at) continue;
    std::vector<SeedValues> steps;
    for (std::size_t step = 0; step < run.steps.size(); ++step) {
      steps.push_back(
          at_step(audit, name, step, [&](const HeuristicAudit& h) { return h.metrics[*at]; }));
    }
    penalties.push_back(penalty_matrix(steps));
  }
  return penalties;
}

std::vector<SeedValues> compared_measures(const RunFolder& run, const RunAudit& audit) {
  const std::size_t last = run.steps.size() - 1;
  std::vector<SeedValues> measures;
  measures.push_back(
      at_step(audit, "minority", last, [](const HeuristicAudit& h) { return h.minority_share; }));
  if (run.pool) {
    measures.push_back(
        at_step(audit, "drift", last, [](const HeuristicAudit& h) { return h.total_variation; }));
  }
  for (const ShownMetric& metric : kShownMetrics) {
    const auto at = run.metric(metric.name);
    if (!at) continue;
    measures.push_back(at_step(audit, metric.title, last,
                               [&](const HeuristicAudit& h) { return h.metrics[*at]; }));
  }
  return measures;
}

}  // namespace

std::vector<std::string> RunAudit::heuristic_names() const {
  std::vector<std::string> names;
  for (const HeuristicAudit& heuristic : heuristics) names.push_back(heuristic.name);
  return names;
}

double expected_rows(const RunFolder& run, std::size_t step, std::size_t cell) {
  return static_cast<double>(run.labelled[step]) * static_cast<double>(run.pool->count(cell)) /
         static_cast<double>(run.pool->total());
}

std::vector<bool> minority_cells(const ContingencyTable& cells) {
  const std::size_t groups = cells.stride(0);
  std::vector<bool> minority;
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    const std::size_t first = cell / groups * groups;
    std::uint64_t rows = 0;
    for (std::size_t g = 0; g < groups; ++g) rows += cells.count(first + g);
    minority.push_back(cells.count(cell) * groups < rows);
  }
  return minority;
}

RunAudit audit_run(const RunFolder& run, const std::optional<std::string>& positive) {
  RunAudit audit{.minority = minority_cells(pool_or_initial(run))};
  for (const HeuristicRecord& record : run.heuristics) {
    audit.heuristics.push_back(audit_heuristic(run, record, audit.minority, positive));
  }
  if (run.pool) {
    // The labelled sizes are the same for all heuristics and seeds.
    for (const ContingencyTable& labelled : run.heuristics.front().seeds.front().labelled) {
      audit.total_variation_at_random.push_back(
          drift_between(*run.pool, labelled).total_variation_at_random.value());
    }
  }
  audit.comparisons = compare_heuristics(compared_measures(run, audit));
  audit.penalties = penalties_of(run, audit);
  return audit;
}

}  // namespace af::audit
