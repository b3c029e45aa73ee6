#include "audit/runs/run_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/errors.h"

namespace af::audit {
namespace {

constexpr std::array kKeys{"method", "heuristic", "seed", "step", "labelled"};
constexpr std::size_t kHeuristic = 1;
constexpr std::size_t kSeed = 2;
constexpr std::size_t kStep = 3;
constexpr std::size_t kLabelled = 4;

/// A name from metrics.csv becomes part of a path, so it must not lead out of the folder.
void check_heuristic_name(const CsvTable& table, std::size_t row, const std::string& name) {
  if (!name.empty() && name != ".." && name.find('/') == std::string::npos) return;
  throw InputError(fmt::format("{}: '{}' is no heuristic's name", table.place(row), name));
}

/// Fills names, steps and metrics; the counts come from other files.
class MetricsReader {
 public:
  MetricsReader(const CsvTable& table, RunFolder& run) : table_(table), run_(run) {
    for (const char* key : kKeys) keys_.push_back(table.column(key));
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
      if (std::ranges::find(keys_, c) != keys_.end()) continue;
      columns_.push_back(c);
      run.metrics.push_back(table.columns()[c]);
    }
    if (!columns_.empty()) return;
    throw InputError(fmt::format("{} has no column of a metric", run.path.string()));
  }

  void read() {
    for (std::size_t row = 0; row < table_.rows(); ++row) take(row);
    const std::vector<SeedRecord>& first = run_.heuristics.front().seeds;
    for (const HeuristicRecord& heuristic : run_.heuristics) {
      for (const SeedRecord& seed : heuristic.seeds) check_steps(heuristic, seed);
      if (std::ranges::equal(heuristic.seeds, first, {}, &SeedRecord::seed, &SeedRecord::seed)) {
        continue;
      }
      throw unfinished(heuristic.name, "other seeds");
    }
  }

 private:
  void take(std::size_t row) {
    const std::string& heuristic = table_.text(keys_[kHeuristic], row);
    check_heuristic_name(table_, row, heuristic);
    SeedRecord& record = seed_of(heuristic, table_.whole(keys_[kSeed], row));
    const std::size_t step = record.metrics.empty() ? 0 : record.metrics.front().size();
    check_step(row, step);
    record.metrics.resize(columns_.size());
    for (std::size_t m = 0; m < columns_.size(); ++m) {
      record.metrics[m].push_back(table_.number(columns_[m], row));
    }
  }

  /// Steps count from 0 and every seed has the same labelled rows at the same step.
  void check_step(std::size_t row, std::size_t step) {
    const std::uint64_t labelled = table_.whole(keys_[kLabelled], row);
    if (table_.whole(keys_[kStep], row) != step) {
      throw InputError(fmt::format("{}: step is {}, expected {}", table_.place(row),
                                   table_.text(keys_[kStep], row), step));
    }
    if (step == run_.steps.size()) {
      run_.steps.push_back(step);
      run_.labelled.push_back(labelled);
    }
    if (run_.labelled[step] == labelled) return;
    throw InputError(fmt::format("{}: {} rows are labelled where another seed has {} at this step",
                                 table_.place(row), labelled, run_.labelled[step]));
  }

  void check_steps(const HeuristicRecord& heuristic, const SeedRecord& seed) const {
    if (seed.metrics.front().size() == run_.steps.size()) return;
    throw unfinished(fmt::format("{} with seed {}", heuristic.name, seed.seed), "fewer steps");
  }

  [[nodiscard]] InputError unfinished(const std::string& what, const char* has) const {
    return InputError(
        fmt::format("{}: {} has {} than the others; the run is not finished, start "
                    "afal again with the same command",
                    run_.path.string(), what, has));
  }

  SeedRecord& seed_of(const std::string& heuristic, std::uint64_t seed) {
    auto record = std::ranges::find(run_.heuristics, heuristic, &HeuristicRecord::name);
    if (record == run_.heuristics.end()) {
      run_.heuristics.push_back({.name = heuristic, .seeds = {}});
      record = std::prev(run_.heuristics.end());
    }
    const auto found = std::ranges::find(record->seeds, seed, &SeedRecord::seed);
    if (found != record->seeds.end()) return *found;
    return record->seeds.emplace_back(SeedRecord{.seed = seed, .labelled = {}, .metrics = {}});
  }

  const CsvTable& table_;
  RunFolder& run_;
  std::vector<std::size_t> keys_;
  std::vector<std::size_t> columns_;
};

}  // namespace

void read_run_metrics(const CsvTable& table, RunFolder& run) { MetricsReader(table, run).read(); }

}  // namespace af::audit
