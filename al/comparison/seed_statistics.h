#pragma once

#include <optional>
#include <string>
#include <vector>

/// What repetitions of an experiment say together. One value a seed; a value is empty where it is
/// undefined for its seed.
namespace af::al {

/// Mean over the seeds, their standard deviation (n - 1) and the two-sided 95 % interval of the
/// mean, mean +- t_{.975, n-1} deviation / sqrt(n) (Student 1908). What is undefined is empty and
/// `reason` says why.
struct SeedStatistic {
  std::optional<double> mean;
  std::optional<double> deviation;
  std::optional<double> low;
  std::optional<double> high;
  std::string reason;
};
[[nodiscard]] SeedStatistic over_seeds(const std::vector<std::optional<double>>& values);

/// Two-sided paired t-test of equal means: t = mean(d) / (sd(d) / sqrt(n)) with n - 1 degrees of
/// freedom, d the differences seed by seed.
struct PairedTest {
  SeedStatistic difference;      ///< Of the first minus the second.
  std::optional<double> t;       ///< Empty, like p, if there are fewer than two seeds or all
  std::optional<double> p;       ///< differences are equal (to 1e-12): they then say nothing
  std::optional<double> p_holm;  ///< about chance. `difference.reason` or `reason` says why.
  std::string reason;
};
/// @param first, second  As many values, of the same seeds in the same order.
[[nodiscard]] PairedTest paired_test(const std::vector<std::optional<double>>& first,
                                     const std::vector<std::optional<double>>& second);

/// Fills in p_holm: p adjusted for testing all of the family at once, the k-th smallest of m being
///   max_{j <= k} min(1, (m - j + 1) p_(j)),
/// with m the tests that have a p. Source: Holm 1979, "A simple sequentially rejective multiple
/// test procedure".
void adjust_by_holm(std::vector<PairedTest>& family);

}  // namespace af::al
