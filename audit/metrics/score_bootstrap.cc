#include "audit/metrics/score_bootstrap.h"

#include <algorithm>
#include <cmath>

#include "audit/statistics/binomial.h"
#include "core/parallel.h"

namespace af::audit {
namespace {

/// Rows that are drawn and summed while they are in the processor's cache.
constexpr std::size_t kPartBits = 12;
constexpr std::size_t kPart = std::size_t{1} << kPartBits;
/// Of many rows few parts tell enough: the acceleration itself is then next to nothing.
constexpr std::size_t kManyRows = 100'000;
std::size_t jackknife_size(std::size_t rows) {
  return std::min<std::size_t>(rows, rows > kManyRows ? 100 : 1'000);
}
/// Streams of the jackknife's parts lie behind those of the replicates.
constexpr std::uint64_t kPartsIndex = std::uint64_t{1} << 40;

struct Wanted {
  bool is_metric;
  std::size_t at;  ///< metric x (G + 1) + group, or a definition.
  Estimate* estimate;
};

std::vector<Wanted> find_wanted(ScoreAudit& audit) {
  std::vector<Wanted> wanted;
  const std::size_t line = audit.frame.groups.cells() + 1;
  const auto look = [&](bool is_metric, std::size_t at, Estimate& estimate) {
    if (estimate.value) wanted.push_back({is_metric, at, &estimate});
  };
  for (std::size_t m = 0; m < audit.frame.metrics.size(); ++m) {
    GroupMetric& metric = audit.frame.metrics[m];
    for (std::size_t g = 0; g + 1 < line; ++g) {
      look(true, m * line + g, metric.by_group[g].estimate);
    }
    look(true, m * line + line - 1, metric.overall.estimate);
  }
  for (std::size_t d = 0; d < audit.definitions.size(); ++d) {
    look(false, d, audit.disparities[d].estimate);
  }
  return wanted;
}

/// How often each row of a part comes, `total` draws in all.
void draw_part(std::span<std::uint16_t> weights, std::uint64_t total, Stream& stream) {
  std::ranges::fill(weights, std::uint16_t{0});
  if (weights.size() != kPart) {
    for (; total > 0; --total) ++weights[stream.below(static_cast<std::uint32_t>(weights.size()))];
    return;
  }
  for (; total >= 2; total -= 2) {  // Two rows' numbers fit into one draw.
    const std::uint32_t bits = stream.bits();
    ++weights[bits & (kPart - 1)];
    ++weights[bits >> (32 - kPartBits)];
  }
  if (total == 1) ++weights[stream.bits() & (kPart - 1)];
}

/// Finds the wanted figures of weighted rows; one for each thread.
class Evaluation {
 public:
  Evaluation(const ScoreAudit& audit, const std::vector<Wanted>& wanted, const ScoredRows& rows)
      : audit_(audit),
        wanted_(wanted),
        rows_(rows),
        sums_(rows.groups()),
        values_(kScoreMetrics.size() * (rows.groups() + 1)),
        weights_(kPart) {
    for (std::size_t first = 0; first < rows.rows().size(); first += kPart) {
      sizes_.push_back(std::min(kPart, rows.rows().size() - first));
    }
    totals_.resize(sizes_.size());
  }

  template <class Put>
  void replicate(Stream& stream, Put put) {
    resample_counts(sizes_, stream, totals_);
    sums_.clear();
    for (std::size_t part = 0; part < sizes_.size(); ++part) {
      const auto weights = std::span(weights_).first(sizes_[part]);
      draw_part(weights, totals_[part], stream);
      sums_.add(rows_, part * kPart, weights);
    }
    finish(put);
  }

  /// @param part  [rows] The jackknife's part of each row.
  template <class Put>
  void without(std::span<const std::uint32_t> part, std::uint32_t left_out, Put put) {
    sums_.clear();
    for (std::size_t first = 0; first < part.size(); first += kPart) {
      const std::size_t size = std::min(kPart, part.size() - first);
      for (std::size_t i = 0; i < size; ++i) weights_[i] = part[first + i] == left_out ? 0 : 1;
      sums_.add(rows_, first, std::span(weights_).first(size));
    }
    finish(put);
  }

 private:
  template <class Put>
  void finish(Put put) {
    const std::size_t groups = rows_.groups();
    sums_.values(values_);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      put(i, wanted_[i].is_metric ? values_[wanted_[i].at]
                                  : evaluate(audit_.definitions[wanted_[i].at], values_, groups));
    }
  }

  const ScoreAudit& audit_;
  const std::vector<Wanted>& wanted_;
  const ScoredRows& rows_;
  ScoreSums sums_;
  std::vector<double> values_;
  std::vector<std::uint16_t> weights_;
  std::vector<std::uint64_t> sizes_;
  std::vector<std::uint64_t> totals_;
};

std::vector<std::uint32_t> jackknife_parts(std::size_t rows, std::size_t parts,
                                           std::uint64_t seed) {
  std::vector<std::uint32_t> part(rows);
  Stream stream(seed, Purpose::kBootstrap, kPartsIndex);
  for (std::size_t i = 0; i < rows; ++i) {
    part[i] = rows == parts ? static_cast<std::uint32_t>(i)
                            : stream.below(static_cast<std::uint32_t>(parts));
  }
  return part;
}

}  // namespace

void add_bootstrap_intervals(ScoreAudit& audit, const ScoredRows& rows,
                             const BootstrapOptions& options) {
  const std::vector<Wanted> wanted = find_wanted(audit);
  if (options.replicates < 1 || wanted.empty()) return;
  const auto replicates = static_cast<std::uint64_t>(options.replicates);
  const std::size_t parts = jackknife_size(rows.rows().size());
  const std::vector<std::uint32_t> part = jackknife_parts(rows.rows().size(), parts, options.seed);
  std::vector<std::vector<double>> found(wanted.size(), std::vector<double>(replicates));
  std::vector<std::vector<double>> without(wanted.size(), std::vector<double>(parts));
  const int slots = 2 * options.threads;
  std::vector<Evaluation> evaluations(static_cast<std::size_t>(slots),
                                      Evaluation(audit, wanted, rows));
  run_ordered(
      {.blocks = replicates + parts,
       .threads = options.threads,
       .slots = slots,
       .produce =
           [&](std::uint64_t block, int slot) {
             Evaluation& evaluation = evaluations[static_cast<std::size_t>(slot)];
             if (block < replicates) {
               Stream stream(options.seed, Purpose::kBootstrap, block);
               evaluation.replicate(stream, [&](std::size_t i, double v) { found[i][block] = v; });
             } else {
               const auto left_out = static_cast<std::uint32_t>(block - replicates);
               evaluation.without(part, left_out,
                                  [&](std::size_t i, double v) { without[i][left_out] = v; });
             }
           },
       .consume = {}});
  const std::vector<double> ones(parts, 1.0);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    set_bca_interval(*wanted[i].estimate, std::move(found[i]), acceleration(without[i], ones));
  }
}

}  // namespace af::audit
