#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "al/image_table.h"
#include "al/labelled_file.h"

namespace af::al {

/// Mean over the seeds and their standard deviation (n - 1); empty where undefined for a seed,
/// the deviation also with one seed.
struct SeedStatistic {
  std::optional<double> mean;
  std::optional<double> deviation;
};
[[nodiscard]] SeedStatistic over_seeds(const std::vector<std::optional<double>>& values);

/// A heuristic at the last step.
struct HeuristicSummary {
  std::string heuristic;
  std::int64_t labelled = 0;
  SeedStatistic accuracy;
  SeedStatistic worst_group_accuracy;
  SeedStatistic group_gap;
  SeedStatistic minority_share;  ///< Of all labelled rows, the initial set among them.
};

/// For every row of the table, whether its cell (class, group) is a minority: it has fewer rows
/// than an equal split of its class over the groups would give it.
[[nodiscard]] std::vector<bool> minority_rows(const ImageTable& table);
/// Share of the labelled rows that are in a minority cell.
[[nodiscard]] double minority_share(const std::vector<LabelledRow>& labelled,
                                    const std::vector<bool>& minority);

/// The last step of one seed, from its line of metrics.
struct LastStep {
  std::int64_t labelled = 0;
  std::optional<double> accuracy;
  std::optional<double> worst_group_accuracy;
  std::optional<double> group_gap;
  double minority_share = 0;
};
/// @param header, line  Of metrics.csv.
[[nodiscard]] LastStep last_step(const std::string& header, const std::string& line);
[[nodiscard]] HeuristicSummary summarised(const std::string& heuristic,
                                          const std::vector<LastStep>& seeds);

}  // namespace af::al
