#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audit/counts/contingency_table.h"

namespace af::audit {

/// Chance of any false alarm over all cells and steps of one seed.
inline constexpr double kDriftAlpha = 0.05;

/// The first steps at which a seed's labelled set is significantly unlike its pool, as positions
/// among the S steps; empty if never.
struct FirstSteps {
  std::vector<std::optional<std::size_t>> cells;
  std::optional<std::size_t> any;  ///< The first of those.
};

/// Tests the labelled rows up to each step against the pool, every cell by the exact hypergeometric
/// test. A cell has drifted at a step if its p-value, adjusted over the cells by Holm, is at most
/// alpha / S: each step spends an equal part of alpha. The sets of later steps contain those of
/// earlier ones, so the tests depend on each other; Bonferroni's inequality over the steps and
/// Holm's procedure over the cells hold under any dependence, and a decision needs no later step.
/// Source: Dunn 1961, "Multiple comparisons among means"; Lan and DeMets 1983, "Discrete sequential
/// boundaries for clinical trials", for spending alpha over looks at growing data; Holm 1979.
/// @param labelled  [S] Rows labelled up to each step, with the pool's factors.
/// @throws InputError if a cell has more labelled rows than the pool has.
[[nodiscard]] FirstSteps first_drift(const ContingencyTable& pool,
                                     std::span<const ContingencyTable> labelled,
                                     double alpha = kDriftAlpha);

}  // namespace af::audit
