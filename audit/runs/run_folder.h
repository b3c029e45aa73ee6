#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"

namespace af::audit {

/// What one heuristic did with one seed; S steps.
struct SeedRecord {
  std::uint64_t seed = 0;
  std::vector<ContingencyTable> labelled;  ///< [S] Rows labelled up to each step, by cell.
  std::vector<std::vector<std::optional<double>>> metrics;  ///< [metric, S] Empty: undefined.
  ContingencyTable test{{}};  ///< Test rows at the last step: groups, label, prediction.
};

/// All seeds of one heuristic.
struct HeuristicRecord {
  std::string name;
  std::vector<SeedRecord> seeds;
};

/// A finished run of afal, as its folder tells it.
struct RunFolder {
  std::filesystem::path path;
  std::vector<Factor> factors;              ///< The target, then the group columns.
  std::vector<std::uint64_t> steps;         ///< [S] Numbers of the acquisition steps, from 0.
  std::vector<std::uint64_t> labelled;      ///< [S] Labelled rows at each step.
  std::vector<std::string> metrics;         ///< Names of the columns of metrics.csv.
  std::vector<HeuristicRecord> heuristics;  ///< In the order of metrics.csv.
  std::optional<ContingencyTable> pool;     ///< Of pool.csv, or of the training file.
  std::string pool_note;                    ///< Which file the pool is, or why there is none.

  /// Position of a metric. Empty if the run has none of that name.
  [[nodiscard]] std::optional<std::size_t> metric(std::string_view name) const;
};

/// Reads config.toml, metrics.csv and every HEURISTIC/seed-K/{labelled,predictions}.csv. Target and
/// groups are the columns of labelled.csv behind step, row and score.
/// @throws InputError if it is no run folder, a file is missing or damaged, or the run is not
///         finished.
[[nodiscard]] RunFolder read_run_folder(const std::filesystem::path& path);

}  // namespace af::audit
