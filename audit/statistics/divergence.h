#pragma once

#include <cstdint>
#include <span>

#include "audit/counts/two_way_table.h"
#include "audit/statistics/estimate.h"

/// Information in counts, and how far two distributions of counts are apart. Natural logarithms:
/// information is in nats (1 nat = 1.4427 bits). All are plug-in values of the shares.
namespace af::audit {

/// H = -sum p log p in nats; 0 for no counts.
[[nodiscard]] double entropy(std::span<const std::uint64_t> counts);

/// I(X; Y) = sum p_ij log(p_ij / (p_i p_j)) in nats; 0 for no counts. Every term of the sum that is
/// computed is small where the table is nearly independent, so that nothing cancels.
[[nodiscard]] double mutual_information(const TwoWayTable& table);

/// log(p_ij / (p_i p_j)) / -log p_ij, in [-1, 1]: -1 never together (the limit, for an empty cell
/// of a row and a column that have counts), 0 independent, 1 always together. Undefined if the row
/// or the column has no counts, or the cell has all of them.
/// Source: Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction".
/// @param here, row, column, total  Counts of the cell, its row, its column, the table.
[[nodiscard]] Estimate normalised_pmi(std::uint64_t here, std::uint64_t row, std::uint64_t column,
                                      std::uint64_t total);

/// The distances take counts of the same cells, each with a sum above 0.

/// sum |p - q| / 2, in [0, 1]: the share of rows that would have to be in another cell.
[[nodiscard]] double total_variation(std::span<const std::uint64_t> first,
                                     std::span<const std::uint64_t> second);

/// (KL(p || m) + KL(q || m)) / 2 with m = (p + q) / 2, over log 2, so in [0, 1]. It is the square
/// of scipy's jensenshannon with base 2. Source: Lin 1991, "Divergence measures based on the
/// Shannon entropy".
[[nodiscard]] double jensen_shannon(std::span<const std::uint64_t> first,
                                    std::span<const std::uint64_t> second);

/// Population stability index, sum (p - q) log(p / q). Undefined if a cell has counts on one side
/// only: the term is infinite, and smoothing would make it any number. Rules of thumb call below
/// 0.1 stable and above 0.25 shifted. Source: Yurdakul 2018, "Statistical properties of population
/// stability index".
[[nodiscard]] Estimate population_stability_index(std::span<const std::uint64_t> first,
                                                  std::span<const std::uint64_t> second);

}  // namespace af::audit
