#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "audit/statistics/fisher_test.h"
#include "audit/statistics/independence.h"
#include "tests/audit/statistics/bootstrap_coverage_table.h"
#include "tests/audit/statistics/coverage.h"

/// audit_coverage [PART [EXPERIMENTS [LOG]]] prints docs/audit-intervals.md, or one of its parts,
/// which together are the whole: "tests" takes a minute of one core, "predictions" five, "scores"
/// twenty. With a file LOG it goes on where it was interrupted.
namespace af::audit {
namespace {

constexpr std::array<std::uint64_t, 3> kRows{20, 100, 1000};
constexpr std::array kShares{0.02, 0.2, 0.5};
constexpr std::uint64_t kReplicates = 20'000;

std::string percent(double share) { return fmt::format("{:.2f}", 100 * share); }

void print_table(const std::vector<std::string>& head,
                 const std::vector<std::vector<std::string>>& rows) {
  fmt::print("| {} |\n|{}\n", fmt::join(head, " | "), [&] {
    std::string rule;
    for (std::size_t i = 0; i < head.size(); ++i) rule += i == 0 ? "---|" : "---:|";
    return rule;
  }());
  for (const auto& row : rows) fmt::print("| {} |\n", fmt::join(row, " | "));
  fmt::print("\n");
}

/// One row for each (label, of(n)) with a column for each number of rows.
template <class Of>
std::vector<std::string> by_rows(std::string label, Of of) {
  std::vector<std::string> row{std::move(label)};
  for (const std::uint64_t n : kRows) row.push_back(percent(of(n)));
  return row;
}

std::vector<std::string> head(std::string first) {
  std::vector<std::string> titles{std::move(first)};
  for (const std::uint64_t n : kRows) titles.push_back(fmt::format("n = {}", n));
  return titles;
}

/// Least and mean coverage over an even grid of shares.
std::array<double, 2> over_shares(std::uint64_t n, IntervalMethod method) {
  constexpr int kGrid = 999;
  double least = 1;
  double mean = 0;
  for (int i = 1; i <= kGrid; ++i) {
    const double coverage = binomial_coverage(n, i / (kGrid + 1.0), method);
    least = std::min(least, coverage);
    mean += coverage / kGrid;
  }
  return {least, mean};
}

void print_shares() {
  fmt::print("## Shares\n\nExact: summed over all outcomes of n rows.\n\n");
  std::vector<std::vector<std::string>> rows;
  for (const auto method : {IntervalMethod::kWilson, IntervalMethod::kClopperPearson}) {
    for (const double p : kShares) {
      rows.push_back(by_rows(fmt::format("{}, p = {}", interval_words(method), p),
                             [&](std::uint64_t n) { return binomial_coverage(n, p, method); }));
    }
    for (const std::size_t which : {0U, 1U}) {
      rows.push_back(by_rows(fmt::format("{}, {} over p = .001 to .999", interval_words(method),
                                         which == 0 ? "least" : "mean"),
                             [&](std::uint64_t n) { return over_shares(n, method)[which]; }));
    }
  }
  print_table(head("coverage in %"), rows);
  fmt::print(
      "Clopper-Pearson never covers less than 95 %. Wilson has 95 % on average over p and less "
      "for\n"
      "some, least near 0 and 1, as Brown, Cai and DasGupta 2001 (\"Interval estimation for a\n"
      "binomial proportion\") found.\n\n");
}

template <class Coverage>
void print_pairs(const char* title, const char* note, const char* of, Coverage coverage) {
  fmt::print("## {}\n\n{}\n\n", title, note);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    for (std::size_t j = i; j < kShares.size(); ++j) {
      rows.push_back(by_rows(fmt::format("{}, p = {} and {}", of, kShares[i], kShares[j]),
                             [&](std::uint64_t n) { return coverage(n, kShares[i], kShares[j]); }));
    }
  }
  print_table(head("coverage in %"), rows);
}

void print_association() {
  fmt::print(
      "## Cramer's V\n\n{} seeded tables, two by two, with even margins. The noncentral "
      "chi-square\n"
      "distribution describes tables near independence; where V is large the true spread is "
      "smaller,\n"
      "and the interval wider than it need be. At V = 0 the interval errs on one side only.\n\n",
      kReplicates);
  std::vector<std::vector<std::string>> rows;
  for (const double v : {0.0, 0.1, 0.3, 0.8}) {
    rows.push_back(by_rows(fmt::format("V = {}", v),
                           [&](std::uint64_t n) { return cramers_v_coverage(n, v, kReplicates); }));
  }
  print_table(head("coverage in %"), rows);
}

void print_independence() {
  fmt::print(
      "## Tests of independence\n\nChance of p <= 0.05 where two groups of n rows have the same "
      "share;\n"
      "exact, summed over all outcomes. Fisher's test never exceeds 5 %. The approximate ones can: "
      "by\n"
      "little where expected counts are large, since counts are whole numbers, and G by much where "
      "they\n"
      "are below 5 (p = 0.02 of 100 rows), which the report marks as doubtful. \"Any\": one of the "
      "three\n"
      "p-values that a report adjusts together by Holm.\n\n");
  const std::array tests{
      std::pair<const char*, PValue>{
          "chi-square", [](const TwoWayTable& t) { return *chi_square_test(t).p_value; }},
      std::pair<const char*, PValue>{"G", [](const TwoWayTable& t) { return *g_test(t).p_value; }},
      std::pair<const char*, PValue>{"Fisher",
                                     [](const TwoWayTable& t) { return *fisher_test(t).p_value; }},
      std::pair<const char*, PValue>{"any of the three by Holm", smallest_of_three_by_holm}};
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, test] : tests) {
    for (const double p : kShares) {
      rows.push_back(by_rows(fmt::format("{}, p = {}", name, p),
                             [&](std::uint64_t n) { return false_positives(n, p, test); }));
    }
  }
  print_table(head("false positives in %"), rows);
  fmt::print(
      "Fisher's test by random tables (199 a test, {} tables of three by four cells):\n"
      "{} % at 50 rows.\n\n",
      2'000, percent(simulated_fisher_false_positives(50, 2'000)));
}

void print_subsets() {
  fmt::print(
      "## A labelled subset against its pool\n\nChance of p <= 0.05 in one cell for n rows drawn "
      "at "
      "random from a pool of 2,000; exact.\n\n");
  std::vector<std::vector<std::string>> rows;
  for (const std::uint64_t cell : {40U, 400U, 1000U}) {
    rows.push_back(by_rows(fmt::format("{} rows in the cell", cell), [&](std::uint64_t n) {
      return hypergeometric_false_positives(2'000, cell, n);
    }));
  }
  print_table(head("false positives in %"), rows);
  fmt::print(
      "Four cells of 900, 100, 100 and 900 rows, {} seeded runs of labelling at random. Chance "
      "that "
      "any\n"
      "cell is called different by its adjusted p-value (Holm): 100 rows {} %, 500 rows {} %. That "
      "any\n"
      "cell is called drifted at any step: 10 steps of 50 rows {} %, 40 steps of 10 rows {} %. The "
      "bound\n"
      "is 5 %; nested sets are much alike, so that Bonferroni's share is not used up.\n"
      "All cells together, 2000 runs: 20 rows {} %, 100 rows {} %.\n\n",
      kReplicates, percent(drift_false_alarms(1, 100, kReplicates)),
      percent(drift_false_alarms(1, 500, kReplicates)),
      percent(drift_false_alarms(10, 50, kReplicates)),
      percent(drift_false_alarms(40, 10, kReplicates)),
      percent(all_cells_false_positives(20, 2'000)),
      percent(all_cells_false_positives(100, 2'000)));
}

void print_paired() {
  fmt::print(
      "## Heuristics paired by seed\n\nChance of p <= 0.05 for normal differences around 0; {} "
      "seeded\n"
      "replicates.\n\n",
      kReplicates);
  std::vector<std::vector<std::string>> rows;
  for (const std::uint64_t n : {6U, 10U, 20U}) {
    const PairedErrors errors = paired_false_positives(n, kReplicates);
    rows.push_back({fmt::format("{} seeds", n), percent(errors.t), percent(errors.signed_ranks)});
  }
  for (const std::uint64_t n : {10U, 20U}) {
    const PairedErrors errors = compared_false_positives(n, kReplicates);
    rows.push_back({fmt::format("any two of four heuristics by Holm, {} seeds", n),
                    percent(errors.t), percent(errors.signed_ranks)});
  }
  print_table({"false positives in %", "paired t", "signed ranks"}, rows);
}

void print_tests_and_closed_forms() {
  fmt::print(
      "# How often the audit's intervals cover, and its tests err\n\n"
      "Printed by `build/tests/bin/audit_coverage`. Intervals are meant to cover the true value "
      "in\n"
      "95 % of samples, tests to refuse a true hypothesis in at most 5 %. Simulated figures have "
      "a\n"
      "standard error of 0.15 percentage points (0.5 where 2,000 tables are said).\n\n");
  print_shares();
  print_pairs(
      "Differences of shares",
      "Newcombe's interval, two samples of n rows; exact. From n = 100 on it has 94 to 97 %, "
      "and more\nonly where two successes are expected in a sample.",
      "Newcombe", newcombe_coverage);
  print_pairs(
      "Ratios of shares",
      "Koopman's score interval, two samples of n rows; exact, given that the second sample "
      "has a\nsuccess, without which there is no ratio.",
      "Koopman", koopman_coverage);
  print_association();
  print_independence();
  print_subsets();
  print_paired();
}

}  // namespace
}  // namespace af::audit

int main(int argc, char** argv) {
  const std::string part = argc > 1 ? argv[1] : "all";
  af::test::CoverageRun run;
  if (argc > 2) run.experiments = std::strtoull(argv[2], nullptr, 10);
  if (argc > 3) run.log = argv[3];
  const bool all = part == "all";
  if (!all && part != "tests" && part != "predictions" && part != "scores") {
    fmt::print(stderr, "audit_coverage [all|tests|predictions|scores [EXPERIMENTS [LOG]]]\n");
    return 2;
  }
  if (all || part == "tests") af::audit::print_tests_and_closed_forms();
  if (all || part == "predictions") af::test::print_prediction_coverage(run);
  if (all || part == "scores") af::test::print_score_coverage(run);
  return 0;
}
