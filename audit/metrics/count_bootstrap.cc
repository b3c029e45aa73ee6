#include "audit/metrics/count_bootstrap.h"

#include <algorithm>
#include <optional>

#include "audit/metrics/single_rows.h"
#include "audit/metrics/table_draws.h"
#include "core/parallel.h"

namespace af::audit {
namespace {

constexpr std::uint64_t kBlock = 64;  ///< Replicates that a thread takes at once.
constexpr std::size_t kMaxNumbers = std::size_t{1} << 24;
constexpr std::size_t kMaxDraws = 50'000'000;
constexpr std::size_t kFewestReplicates = 1'000;

/// A figure that wants an interval, and how its value is found in a replicate.
struct Wanted {
  enum class Kind { kMetric, kDefinition, kIndex };
  Kind kind;
  std::size_t at;  ///< Of metrics: metric x (G + 1) + group.
  Estimate* estimate;
  std::optional<FixedDisparity> fixed;  ///< Of definitions.
};

bool wants_interval(const Estimate& estimate) {
  return estimate.value && !estimate.low && !estimate.exact;
}

std::vector<Wanted> find_wanted(PredictionAudit& audit) {
  std::vector<Wanted> wanted;
  const auto look = [&](Wanted::Kind kind, std::size_t at, Estimate& estimate) {
    if (wants_interval(estimate)) wanted.push_back({kind, at, &estimate, {}});
  };
  const std::size_t groups = audit.frame.groups.cells();
  const std::vector<double> values = bare_values(audit.frame);
  for (std::size_t m = 0; m < audit.frame.metrics.size(); ++m) {
    GroupMetric& metric = audit.frame.metrics[m];
    for (std::size_t g = 0; g < groups; ++g) {
      look(Wanted::Kind::kMetric, m * (groups + 1) + g, metric.by_group[g].estimate);
    }
    look(Wanted::Kind::kMetric, m * (groups + 1) + groups, metric.overall.estimate);
  }
  for (std::size_t d = 0; d < audit.definitions.size(); ++d) {
    Estimate& estimate = audit.disparities[d].estimate;
    if (!wants_interval(estimate)) continue;
    wanted.push_back({Wanted::Kind::kDefinition, d, &estimate,
                      FixedDisparity(audit.definitions[d], values, groups)});
  }
  const std::size_t first_index = audit.disparities.size() - audit.indices.size();
  for (std::size_t i = 0; i < audit.indices.size(); ++i) {
    look(Wanted::Kind::kIndex, i, audit.disparities[first_index + i].estimate);
  }
  return wanted;
}

/// Positions of the metrics that any wanted figure is made of.
std::vector<std::size_t> needed_metrics(const PredictionAudit& audit,
                                        const std::vector<Wanted>& wanted) {
  std::vector<bool> used(audit.metrics.size(), false);
  const std::size_t line = audit.frame.groups.cells() + 1;
  for (const Wanted& one : wanted) {
    if (one.kind == Wanted::Kind::kMetric) used[one.at / line] = true;
    if (one.kind != Wanted::Kind::kDefinition) continue;
    for (const std::size_t metric : audit.definitions[one.at].metrics) used[metric] = true;
  }
  std::vector<std::size_t> needed;
  for (std::size_t m = 0; m < used.size(); ++m) {
    if (used[m]) needed.push_back(m);
  }
  return needed;
}

/// Finds the wanted figures of counts; one for each thread.
class Evaluation {
 public:
  Evaluation(const PredictionAudit& audit, const std::vector<Wanted>& wanted)
      : audit_(audit),
        wanted_(wanted),
        groups_(audit.frame.groups.cells()),
        confusions_(groups_ + 1, Confusion(audit.classes.size())),
        values_(audit.metrics.size() * (groups_ + 1)),
        needed_(needed_metrics(audit, wanted)) {}

  /// @param rows  [cells]
  /// @param put   put(i, value) of each wanted figure.
  template <class Put>
  void run(std::span<const WeightedRows> rows, Put put) {
    for (Confusion& confusion : confusions_) confusion.clear();
    for (std::size_t cell = 0; cell < rows.size(); ++cell) {
      if (rows[cell].rows == 0) continue;
      const CellPlace& place = audit_.places[cell];
      confusions_[place.group].add(place.label, place.prediction, rows[cell]);
      confusions_[groups_].add(place.label, place.prediction, rows[cell]);
    }
    for (const std::size_t m : needed_) {
      for (std::size_t g = 0; g <= groups_; ++g) {
        values_[m * (groups_ + 1) + g] = audit_.metrics[m].value(confusions_[g]);
      }
    }
    for (std::size_t i = 0; i < wanted_.size(); ++i) put(i, value_of(wanted_[i]));
  }

 private:
  [[nodiscard]] double value_of(const Wanted& wanted) const {
    switch (wanted.kind) {
      case Wanted::Kind::kMetric: return values_[wanted.at];
      case Wanted::Kind::kDefinition: return wanted.fixed->value(values_);
      case Wanted::Kind::kIndex: break;
    }
    return audit_.indices[wanted.at](std::span(confusions_).first(groups_));
  }

  const PredictionAudit& audit_;
  const std::vector<Wanted>& wanted_;
  std::size_t groups_;
  std::vector<Confusion> confusions_;
  std::vector<double> values_;
  std::vector<std::size_t> needed_;
};

/// [wanted] Every row left out in turn, and one more added to every cell.
std::vector<Jackknife> jackknives(const PredictionAudit& audit, const std::vector<Wanted>& wanted,
                                  const ContingencyTable& table, std::uint64_t seed) {
  Evaluation evaluation(audit, wanted);
  std::vector<double> rows_left_out;
  std::vector<std::vector<double>> without(wanted.size());
  leave_out_rows(table, seed, [&](std::span<const WeightedRows> rows, double alike) {
    rows_left_out.push_back(alike);
    evaluation.run(rows, [&](std::size_t i, double value) { without[i].push_back(value); });
  });
  std::vector<WeightPowers> seen;
  std::vector<std::vector<double>> influence(wanted.size());
  add_rows(table, [&](std::span<const WeightedRows> rows, const WeightPowers& alike) {
    seen.push_back(alike);
    evaluation.run(rows, [&](std::size_t i, double value) {
      influence[i].push_back(value - *wanted[i].estimate->value);
    });
  });
  std::vector<Jackknife> result;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    result.push_back({.acceleration = acceleration(without[i], rows_left_out),
                      .effective_rows = effective_rows(influence[i], seen)});
  }
  return result;
}

/// @param draws  Of a replicate.
std::size_t affordable(std::size_t asked, std::size_t figures, std::size_t draws) {
  const std::size_t most = std::min(kMaxNumbers / figures, kMaxDraws / draws);
  return std::min(asked, std::max(most, kFewestReplicates));
}

}  // namespace

void add_bootstrap_intervals(PredictionAudit& audit, const ContingencyTable& table,
                             const BootstrapOptions& options) {
  const std::vector<Wanted> wanted = find_wanted(audit);
  if (options.replicates < 1 || wanted.empty()) return;
  const TableDraws draws(table);
  const std::size_t replicates =
      affordable(static_cast<std::size_t>(options.replicates), wanted.size(), draws.cost());
  std::vector<std::vector<double>> found(wanted.size(), std::vector<double>(replicates));
  const int slots = 2 * options.threads;
  std::vector<Evaluation> evaluations(static_cast<std::size_t>(slots), Evaluation(audit, wanted));
  run_ordered({.blocks = (replicates + kBlock - 1) / kBlock,
               .threads = options.threads,
               .slots = slots,
               .produce =
                   [&](std::uint64_t block, int slot) {
                     std::vector<WeightedRows> drawn(table.cells());
                     const std::uint64_t end =
                         std::min<std::uint64_t>((block + 1) * kBlock, replicates);
                     for (std::uint64_t r = block * kBlock; r < end; ++r) {
                       Stream stream(options.seed, Purpose::kBootstrap, r);
                       draws.draw(stream, drawn);
                       evaluations[static_cast<std::size_t>(slot)].run(
                           drawn, [&](std::size_t i, double value) { found[i][r] = value; });
                     }
                   },
               .consume = {}});
  const std::vector<Jackknife> of_rows = jackknives(audit, wanted, table, options.seed);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    set_bca_interval(*wanted[i].estimate, std::move(found[i]), of_rows[i]);
  }
}

}  // namespace af::audit
