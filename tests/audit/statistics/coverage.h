#pragma once

#include <cstdint>
#include <functional>

#include "audit/counts/two_way_table.h"
#include "audit/statistics/interval.h"

/// How often intervals cover and tests err, by summing over all outcomes or by seeded replicates.
namespace af::audit {

/// P(X = x), X ~ Binomial(n, p).
[[nodiscard]] double binomial_probability(std::uint64_t n, double p, std::uint64_t x);

/// P(low(X) <= p <= high(X)), X ~ Binomial(n, p), summed over all outcomes.
[[nodiscard]] double binomial_coverage(std::uint64_t n, double p, IntervalMethod method);

/// Sum of P(X = x) P(Y = y) over the outcomes of two binomial samples of n rows for which `event`
/// holds, over that of those for which `counted` holds. Outcomes less probable than 1e-12 in either
/// sample are left out.
using Outcome = std::function<bool(std::uint64_t x, std::uint64_t y)>;
[[nodiscard]] double probability_of(std::uint64_t n, double p, double q, const Outcome& event,
                                    const Outcome& counted);

[[nodiscard]] double newcombe_coverage(std::uint64_t n, double p, double q);
/// Given that the second sample has a success, without which there is no ratio.
[[nodiscard]] double koopman_coverage(std::uint64_t n, double p, double q);

/// Coverage of corrected_cramers_v over `replicates` tables of n rows, two by two, with even
/// margins and this V.
[[nodiscard]] double cramers_v_coverage(std::uint64_t n, double v, std::uint64_t replicates);

/// P(p-value <= 0.05) of a two by two test if both groups of n rows have the same share p.
using PValue = std::function<double(const TwoWayTable&)>;
[[nodiscard]] double false_positives(std::uint64_t n, double p, const PValue& test);

/// The same of the hypergeometric test of one cell, for a labelled set drawn from a pool.
[[nodiscard]] double hypergeometric_false_positives(std::uint64_t pool, std::uint64_t cell,
                                                    std::uint64_t labelled);

/// Share of replicates in which labelling at random, in `steps` equal steps from a pool of four
/// cells, is ever called a drift.
[[nodiscard]] double drift_false_alarms(std::uint64_t steps, std::uint64_t per_step,
                                        std::uint64_t replicates);

/// Share of replicates in which the test of all four cells together refuses n rows that are drawn
/// at random from a pool.
[[nodiscard]] double all_cells_false_positives(std::uint64_t n, std::uint64_t replicates);

/// The smallest p-value of chi-square, G and Fisher's test of a table, adjusted for all three as a
/// report shows them.
[[nodiscard]] double smallest_of_three_by_holm(const TwoWayTable& table);

/// Share of replicates in which n normal differences around 0 are called different.
struct PairedErrors {
  double t = 0;
  double signed_ranks = 0;
};
[[nodiscard]] PairedErrors paired_false_positives(std::uint64_t n, std::uint64_t replicates);

/// Share of replicates in which any two of four heuristics are called different by their adjusted
/// p-values, if all of their values on n seeds are drawn alike: a normal part that the seed decides
/// and one that is each heuristic's own.
[[nodiscard]] PairedErrors compared_false_positives(std::uint64_t n, std::uint64_t replicates);

/// Share of replicates of a table of n rows, independent with these margins, that a simulated
/// Fisher test refuses.
[[nodiscard]] double simulated_fisher_false_positives(std::uint64_t n, std::uint64_t replicates);

}  // namespace af::audit
