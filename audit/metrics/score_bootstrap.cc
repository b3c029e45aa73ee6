#include "audit/metrics/score_bootstrap.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <optional>
#include <type_traits>

#include "audit/statistics/binomial.h"
#include "core/parallel.h"

namespace af::audit {
namespace {

/// Replicates that go through the rows together, so that a block is fetched once for all of them.
constexpr std::size_t kTogether = 4;
/// Replicates of all figures that are held at once: 128 MB.
constexpr std::size_t kMaxNumbers = std::size_t{1} << 24;
/// Of many rows few parts tell enough: the acceleration itself is then next to nothing.
constexpr std::size_t kManyRows = 100'000;
std::size_t jackknife_size(std::size_t rows) {
  return std::min<std::size_t>(rows, rows > kManyRows ? 100 : 1'000);
}
/// Streams of the jackknife's parts lie behind those of the replicates.
constexpr std::uint64_t kPartsIndex = std::uint64_t{1} << 40;

/// A figure that wants an interval, and how its value is found in a replicate.
struct Wanted {
  Estimate* estimate;
  std::size_t at = 0;                   ///< metric x (G + 1) + group, unless it is a disparity.
  std::optional<FixedDisparity> fixed;  ///< Of a disparity.
};

std::vector<Wanted> find_wanted(ScoreAudit& audit) {
  std::vector<Wanted> wanted;
  const std::size_t line = audit.frame.groups.cells() + 1;
  const auto look = [&](std::size_t at, Estimate& estimate) {
    if (estimate.value) wanted.push_back({.estimate = &estimate, .at = at, .fixed = {}});
  };
  for (std::size_t m = 0; m < audit.frame.metrics.size(); ++m) {
    if (m == kCalibrationError) continue;
    GroupMetric& metric = audit.frame.metrics[m];
    for (std::size_t g = 0; g + 1 < line; ++g) look(m * line + g, metric.by_group[g].estimate);
    look(m * line + line - 1, metric.overall.estimate);
  }
  const std::vector<double> values = bare_values(audit.frame);
  for (std::size_t d = 0; d < audit.definitions.size(); ++d) {
    Estimate& estimate = audit.disparities[d].estimate;
    if (!estimate.value || audit.definitions[d].metrics.front() == kCalibrationError) continue;
    wanted.push_back(
        {.estimate = &estimate, .fixed = FixedDisparity(audit.definitions[d], values, line - 1)});
  }
  return wanted;
}

/// How often each row of a block comes, `total` draws in all.
class BlockDraws {
 public:
  void draw(std::span<std::uint16_t> weights, std::uint64_t total, Stream& stream) {
    std::ranges::fill(weights, std::uint16_t{0});
    if (weights.size() != ScoredRows::kBlockRows) {
      const auto rows = static_cast<std::uint32_t>(weights.size());
      for (; total > 0; --total) ++weights[stream.below(rows)];
      return;
    }
    static_assert(std::has_single_bit(ScoredRows::kBlockRows));
    constexpr int kBits = std::bit_width(ScoredRows::kBlockRows - 1);
    constexpr std::uint32_t kMask = ScoredRows::kBlockRows - 1;
    words_.resize((total + 1) / 2);  // Two rows' numbers fit into one word.
    stream.fill(words_);
    for (const std::uint32_t word : words_) {
      ++weights[word & kMask];
      ++weights[word >> (32 - kBits)];
    }
    if (total % 2 == 1) --weights[words_.back() >> (32 - kBits)];
  }

 private:
  std::vector<std::uint32_t> words_;
};

/// A weighting of all rows: a replicate, or everything but one part of the jackknife.
struct Weighting {
  Stream stream;
  std::vector<std::uint64_t> totals;           ///< [blocks] Rows drawn from each; of a replicate.
  std::optional<std::uint32_t> left_out_part;  ///< Empty: a replicate.
};

/// What is computed for the wanted figures; read by all threads.
struct Task {
  const ScoredRows& rows;
  std::vector<Wanted> wanted;
  std::uint64_t seed = 0;
  std::uint64_t replicates = 0;
  std::vector<std::uint32_t> part;   ///< [rows] The jackknife's part of each row.
  std::vector<std::uint64_t> sizes;  ///< [blocks]
};

/// Finds the wanted figures of weighted rows; one for each thread.
/// @tparam Weight  Of ScoreSums: double if the rows have weights of their own.
template <class Weight>
class Evaluation {
 public:
  explicit Evaluation(const Task& task)
      : task_(task),
        sums_(kTogether, ScoreSums<Weight>(task.rows.groups())),
        values_(kScoreMetrics.size() * (task.rows.groups() + 1)),
        times_(ScoredRows::kBlockRows),
        weights_(task.rows.weighted() ? ScoredRows::kBlockRows : 0) {}

  /// Weightings first .. end-1: the replicates, then the jackknife's parts.
  /// @param put  put(weighting, i, value) of each wanted figure.
  template <class Put>
  void run(std::uint64_t first, std::uint64_t end, Put put) {
    std::vector<Weighting> weightings;
    for (std::uint64_t i = first; i < end; ++i) weightings.push_back(weighting(i));
    for (ScoreSums<Weight>& sums : sums_) sums.clear();
    for (std::size_t b = 0; b < task_.rows.blocks(); ++b) {
      const ScoredRows::Block block = task_.rows.block(b);
      const auto times = std::span(times_).first(block.scores.size());
      for (std::size_t i = 0; i < weightings.size(); ++i) {
        weigh(weightings[i], b, times);
        sums_[i].add(block, own_weights(block, times));
      }
    }
    for (std::size_t i = 0; i < weightings.size(); ++i) finish(first + i, sums_[i], put);
  }

 private:
  [[nodiscard]] Weighting weighting(std::uint64_t index) const {
    Weighting made{.stream = Stream(task_.seed, Purpose::kBootstrap, index),
                   .totals = {},
                   .left_out_part = {}};
    if (index < task_.replicates) {
      made.totals.resize(task_.sizes.size());
      resample_counts(task_.sizes, made.stream, made.totals);
    } else {
      made.left_out_part = static_cast<std::uint32_t>(index - task_.replicates);
    }
    return made;
  }

  /// How often each row of the block is there.
  void weigh(Weighting& weighting, std::size_t block, std::span<std::uint16_t> times) {
    if (!weighting.left_out_part) {
      draws_.draw(times, weighting.totals[block], weighting.stream);
      return;
    }
    const auto part = std::span(task_.part).subspan(block * ScoredRows::kBlockRows, times.size());
    std::ranges::transform(part, times.begin(), [&](std::uint32_t one) {
      return one == *weighting.left_out_part ? std::uint16_t{0} : std::uint16_t{1};
    });
  }

  /// So often the weight that each row has itself.
  std::span<const Weight> own_weights(const ScoredRows::Block& block,
                                      std::span<const std::uint16_t> times) {
    if constexpr (std::is_integral_v<Weight>) {
      return times;
    } else {
      std::ranges::transform(times, block.weights, weights_.begin(), std::multiplies<>());
      return std::span(weights_).first(times.size());
    }
  }

  template <class Put>
  void finish(std::uint64_t weighting, const ScoreSums<Weight>& sums, Put put) {
    sums.values(values_);
    for (std::size_t i = 0; i < task_.wanted.size(); ++i) {
      const Wanted& wanted = task_.wanted[i];
      put(weighting, i, wanted.fixed ? wanted.fixed->value(values_) : values_[wanted.at]);
    }
  }

  const Task& task_;
  std::vector<ScoreSums<Weight>> sums_;  ///< [kTogether]
  std::vector<double> values_;
  std::vector<std::uint16_t> times_;
  std::vector<double> weights_;
  BlockDraws draws_;
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

/// @param without  Values without each part of the rows in turn; NaN where undefined.
Jackknife jackknife(std::span<const double> without) {
  const std::vector<double> ones(without.size(), 1.0);
  double mean = 0;
  double defined = 0;
  for (const double value : without) {
    if (std::isnan(value)) continue;
    mean += value;
    ++defined;
  }
  std::vector<double> influence;  // NaN where the value is.
  for (const double value : without) influence.push_back(mean / defined - value);
  return {
      .acceleration = acceleration(without, ones),
      .effective_rows = effective_rows(influence, std::vector<WeightPowers>(without.size(), 1))};
}

/// [wanted, weightings] Of all replicates and parts.
template <class Weight>
std::vector<std::vector<double>> evaluate_all(const Task& task, std::size_t parts, int threads) {
  const std::uint64_t all = task.replicates + parts;
  std::vector<std::vector<double>> found(task.wanted.size(), std::vector<double>(all));
  const int slots = 2 * threads;
  std::vector<Evaluation<Weight>> evaluations(static_cast<std::size_t>(slots),
                                              Evaluation<Weight>(task));
  run_ordered({.blocks = (all + kTogether - 1) / kTogether,
               .threads = threads,
               .slots = slots,
               .produce =
                   [&](std::uint64_t block, int slot) {
                     evaluations[static_cast<std::size_t>(slot)].run(
                         block * kTogether, std::min(all, (block + 1) * kTogether),
                         [&](std::uint64_t r, std::size_t i, double v) { found[i][r] = v; });
                   },
               .consume = {}});
  return found;
}

void set_intervals(const Task& task, std::vector<std::vector<double>>& found) {
  for (std::size_t i = 0; i < task.wanted.size(); ++i) {
    const Jackknife of_rows = jackknife(std::span(found[i]).subspan(task.replicates));
    found[i].resize(task.replicates);
    set_bca_interval(*task.wanted[i].estimate, std::move(found[i]), of_rows);
  }
}

}  // namespace

void add_bootstrap_intervals(ScoreAudit& audit, const ScoredRows& rows,
                             const BootstrapOptions& options) {
  std::vector<Wanted> wanted = find_wanted(audit);
  if (options.replicates < 1 || wanted.empty()) return;
  Task task{.rows = rows, .wanted = {}, .seed = options.seed};
  task.replicates = static_cast<std::uint64_t>(options.replicates);
  const std::size_t parts = jackknife_size(rows.size());
  task.part = jackknife_parts(rows.size(), parts, options.seed);
  for (std::size_t b = 0; b < rows.blocks(); ++b) task.sizes.push_back(rows.block_rows(b));
  // Of thousands of groups the rows are gone through again for every so many figures.
  const std::size_t at_once = std::max<std::size_t>(1, kMaxNumbers / (task.replicates + parts));
  for (std::size_t first = 0; first < wanted.size(); first += at_once) {
    const auto end = std::min(wanted.size(), first + at_once);
    task.wanted.assign(wanted.begin() + static_cast<std::ptrdiff_t>(first),
                       wanted.begin() + static_cast<std::ptrdiff_t>(end));
    auto found = rows.weighted() ? evaluate_all<double>(task, parts, options.threads)
                                 : evaluate_all<std::uint16_t>(task, parts, options.threads);
    set_intervals(task, found);
  }
}

}  // namespace af::audit
