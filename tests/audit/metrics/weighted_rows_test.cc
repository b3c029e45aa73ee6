#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "audit/composition/composition.h"
#include "audit/composition/subset.h"
#include "audit/metrics/count_bootstrap.h"
#include "audit/metrics/predictions.h"
#include "audit/metrics/score_bootstrap.h"
#include "audit/metrics/score_metrics.h"
#include "audit/metrics/table_draws.h"
#include "core/random.h"
#include "tests/audit/metrics/expected.h"
#include "tests/audit/oracle.h"

/// Rows with sampling weights. Values from tests/oracle/weighted_metrics.py.
namespace af::audit {
namespace {

using test::disparity;
using test::expect_equal;

/// The rows of one table of the script.
struct Rows {
  explicit Rows(const nlohmann::json& table)
      : group(table.at("group").get<std::vector<std::size_t>>()),
        label(table.at("label").get<std::vector<std::size_t>>()),
        prediction(table.at("prediction").get<std::vector<std::size_t>>()),
        score(table.at("score").get<std::vector<double>>()),
        weight(table.at("weight").get<std::vector<double>>()) {}

  [[nodiscard]] std::size_t groups() const { return 1 + *std::ranges::max_element(group); }
  [[nodiscard]] std::size_t classes() const { return 1 + *std::ranges::max_element(label); }

  /// Group, label, prediction.
  [[nodiscard]] ContingencyTable predictions() const {
    ContingencyTable table =
        test::empty_table({{.name = "group", .values = test::numbered(groups())}}, classes());
    for (std::size_t i = 0; i < group.size(); ++i) {
      table.add_weighted(table.cell(std::array{group[i], label[i], prediction[i]}), weight[i]);
    }
    return table;
  }
  /// Label, group. @param chosen  Empty: all rows.
  [[nodiscard]] ContingencyTable composition(const std::vector<bool>& chosen = {}) const {
    ContingencyTable table({{.name = "label", .values = test::numbered(classes())},
                            {.name = "group", .values = test::numbered(groups())}});
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!chosen.empty() && !chosen[i]) continue;
      table.add_weighted(table.cell(std::array{label[i], group[i]}), weight[i]);
    }
    return table;
  }
  [[nodiscard]] ScoredRows scored() const {
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < group.size(); ++i) {
      rows.push_back({.score = score[i],
                      .group = static_cast<std::uint32_t>(group[i]),
                      .positive = label[i] == 1,
                      .weight = weight[i]});
    }
    return {rows, groups()};
  }

  std::vector<std::size_t> group;
  std::vector<std::size_t> label;
  std::vector<std::size_t> prediction;
  std::vector<double> score;
  std::vector<double> weight;
};

nlohmann::json tables() { return af::test::oracle("weighted_metrics.json").at("tables"); }

void expect_frame(const MetricFrame& frame, const std::vector<Disparity>& disparities,
                  const nlohmann::json& expected) {
  for (const auto& [name, value] : expected.at("overall").items()) {
    const GroupMetric* metric = frame.find(name);
    ASSERT_NE(metric, nullptr) << name;
    expect_equal(metric->overall.estimate, value, name);
    for (std::size_t g = 0; g < metric->by_group.size(); ++g) {
      expect_equal(metric->by_group[g].estimate, expected.at("by_group")[g].at(name), name);
    }
    for (const char* contrast :
         {"_difference", "_ratio", "_difference_to_overall", "_ratio_to_overall"}) {
      expect_equal(disparity(disparities, name + contrast), expected.at(contrast).at(name),
                   name + contrast);
    }
  }
}

TEST(WeightedRows, GiveFairlearnsWeightedMetrics) {
  const nlohmann::json all = tables();
  ASSERT_EQ(all.size(), 40U);
  for (const auto& table : all) {
    const PredictionAudit audit = audit_predictions(Rows(table).predictions(), {});
    expect_frame(audit.frame, audit.disparities, table.at("metrics"));
    if (!table.contains("named")) continue;
    for (const auto& [name, value] : table.at("named").items()) {
      expect_equal(disparity(audit.disparities, name), value, name);
    }
  }
}

TEST(WeightedRows, GiveScikitLearnsWeightedMetricsOfScores) {
  for (const auto& table : tables()) {
    if (!table.contains("scores")) continue;
    const Rows rows(table);
    const ContingencyTable groups = rows.predictions().marginal(std::array{std::size_t{0}});
    const ScoreAudit audit = audit_scores(rows.scored(), groups);
    expect_frame(audit.frame, audit.disparities, table.at("scores"));
  }
}

TEST(WeightedRows, HaveIntervalsOfKishsEffectiveNumber) {
  for (const auto& table : tables()) {
    const ContingencyTable cells = Rows(table).composition();
    EXPECT_NEAR(cells.all_rows().effective(), table.at("shares").at("effective_rows"), 1e-9);
    const Composition wilson = compose(cells, true);
    const Composition exact = compose(cells, true, IntervalMethod::kClopperPearson);
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      const nlohmann::json& expected = table.at("shares").at("cells")[cell];
      EXPECT_NEAR(*wilson.shares[cell].value, expected[0].get<double>(), 1e-12);
      EXPECT_NEAR(*wilson.shares[cell].low, expected[1].get<double>(), 1e-12);
      EXPECT_NEAR(*wilson.shares[cell].high, expected[2].get<double>(), 1e-12);
      EXPECT_NEAR(*exact.shares[cell].low, expected[3].get<double>(), 1e-9);
      EXPECT_NEAR(*exact.shares[cell].high, expected[4].get<double>(), 1e-9);
    }
  }
}

TEST(WeightedRows, AreAssociatedByWeightButNotTested) {
  for (const auto& table : tables()) {
    const Composition composition = compose(Rows(table).composition(), true);
    const Relation& relation = composition.relations.at(0);
    const nlohmann::json& expected = table.at("association");
    EXPECT_NEAR(*relation.cramers_v.value, expected.at("cramers_v").get<double>(), 1e-12);
    EXPECT_NEAR(relation.mutual_information, expected.at("mutual_information").get<double>(),
                1e-12);
    EXPECT_NEAR(relation.class_entropy, expected.at("class_entropy").get<double>(), 1e-12);
    ASSERT_EQ(relation.tests.size(), 3U);
    for (const TestResult& test : relation.tests) {
      EXPECT_FALSE(test.p_value) << test.test;
      EXPECT_EQ(test.reason, kNoTestOfWeights);
    }
    EXPECT_EQ(relation.corrected_cramers_v.reason, kNoTestOfWeights);
  }
}

TEST(WeightedRows, OfASubsetAreComparedByWeightButNotTested) {
  for (const auto& table : tables()) {
    if (!table.contains("drift")) continue;
    const Rows rows(table);
    const SubsetAudit audit = compare_with_pool(
        rows.composition(), rows.composition(table.at("chosen").get<std::vector<bool>>()));
    const nlohmann::json& expected = table.at("drift");
    EXPECT_NEAR(audit.drift.total_variation, expected.at("total_variation").get<double>(), 1e-12);
    EXPECT_NEAR(audit.drift.jensen_shannon, expected.at("jensen_shannon").get<double>(), 1e-12);
    EXPECT_FALSE(audit.drift.total_variation_at_random);
    EXPECT_EQ(audit.test.reason, kNoTestOfWeights);
    for (std::size_t cell = 0; cell < audit.cells.size(); ++cell) {
      EXPECT_NEAR(*audit.cells[cell].representation.value,
                  expected.at("representation")[cell].get<double>(), 1e-12);
      EXPECT_EQ(audit.cells[cell].test.reason, kNoTestOfWeights);
    }
  }
}

/// What all rows weigh alike says nothing that their number does not.
TEST(WeightedRows, OfOneWeightAreAsRowsWithout) {
  Rows rows(tables().at(3));
  ContingencyTable plain = rows.predictions();
  std::ranges::fill(rows.weight, 2.5);
  const ContingencyTable weighted = rows.predictions();
  ContingencyTable counted(plain.factors());
  for (std::size_t cell = 0; cell < plain.cells(); ++cell) counted.add(cell, plain.count(cell));
  PredictionAudit first = audit_predictions(weighted, {});
  PredictionAudit second = audit_predictions(counted, {});
  const BootstrapOptions options{.seed = 5, .replicates = 500, .threads = 2};
  add_bootstrap_intervals(first, weighted, options);
  add_bootstrap_intervals(second, counted, options);
  ASSERT_EQ(first.disparities.size(), second.disparities.size());
  for (std::size_t d = 0; d < first.disparities.size(); ++d) {
    const Estimate& a = first.disparities[d].estimate;
    const Estimate& b = second.disparities[d].estimate;
    ASSERT_EQ(a.value.has_value(), b.value.has_value()) << first.disparities[d].name;
    ASSERT_EQ(a.low.has_value(), b.low.has_value()) << first.disparities[d].name;
    if (!a.low) continue;
    EXPECT_NEAR(*a.value, *b.value, 1e-12);
    EXPECT_NEAR(*a.low, *b.low, 1e-9) << first.disparities[d].name;
    EXPECT_NEAR(*a.high, *b.high, 1e-9) << first.disparities[d].name;
  }
}

/// Mean and variance of the drawn weight of a cell with few weights, and of one with many.
TEST(WeightedRows, AreDrawnWithReplacement) {
  ContingencyTable table({{.name = "cell", .values = {"few", "many"}}});
  Stream stream(4, Purpose::kTest, 77);
  double squares = 0;
  for (std::size_t i = 0; i < 400; ++i) {
    const double weight = i % 2 == 0 ? 1 + static_cast<double>(i % 3) : 0.1 + stream.uniform();
    table.add_weighted(i % 2, weight);
    if (i % 2 == 1) squares += weight * weight;
  }
  const WeightedRows few = table.rows(0);
  const WeightedRows many = table.rows(1);
  EXPECT_NEAR(many.squares, squares, 1e-9);
  const TableDraws draws(table);
  EXPECT_GE(draws.cost(), 200U) << "the cell with many weights is drawn row by row";
  constexpr int kDraws = 20'000;
  std::array<double, 2> sum{};
  std::array<double, 2> sum_squares{};
  std::vector<WeightedRows> drawn(2);
  for (int d = 0; d < kDraws; ++d) {
    Stream here(4, Purpose::kBootstrap, static_cast<std::uint64_t>(d));
    draws.draw(here, drawn);
    ASSERT_EQ(drawn[0].rows + drawn[1].rows, 400);
    for (std::size_t c = 0; c < 2; ++c) {
      sum[c] += drawn[c].weight;
      sum_squares[c] += drawn[c].weight * drawn[c].weight;
    }
  }
  // A cell's weight is a sum of 400 rows, each of its weight or 0: mean W, variance S - W^2 / 400.
  for (std::size_t c = 0; c < 2; ++c) {
    const WeightedRows& of = c == 0 ? few : many;
    const double variance = of.squares - of.weight * of.weight / 400;
    const double mean = sum[c] / kDraws;
    EXPECT_NEAR(mean, of.weight, 4.5 * std::sqrt(variance / kDraws)) << c;
    // Of nearly normal sums the variance's standard error is sqrt(2/n) of it.
    EXPECT_NEAR((sum_squares[c] / kDraws - mean * mean) / variance, 1,
                4.5 * std::sqrt(2.0 / kDraws));
  }
}

/// A label that weighs ten times what the others do, and a rate of 0.3 whatever the weight.
TEST(WeightedRows, HaveIntervalsThatCover) {
  constexpr int kSamples = 1'500;
  int wilson = 0;
  int bootstrap = 0;
  for (int s = 0; s < kSamples; ++s) {
    Stream stream(9, Purpose::kTest, static_cast<std::uint64_t>(s));
    ContingencyTable table = test::empty_table({Factor{.name = "group", .values = {"a"}}}, 2);
    for (int i = 0; i < 200; ++i) {
      const std::size_t label = stream.uniform() < 0.4 ? 1 : 0;
      const std::size_t prediction = stream.uniform() < 0.3 ? 1 : 0;
      table.add_weighted(table.cell(std::array{std::size_t{0}, label, prediction}),
                         std::exp(2 * stream.uniform()));
    }
    PredictionAudit audit = audit_predictions(table, {});
    add_bootstrap_intervals(audit, table, {.seed = 1, .replicates = 200, .threads = 2});
    const auto holds = [](const Estimate& e, double truth) {
      return e.low && *e.low <= truth && truth <= *e.high;
    };
    wilson += holds(audit.frame.find("selection_rate")->overall.estimate, 0.3) ? 1 : 0;
    bootstrap += holds(audit.frame.find("balanced_accuracy")->overall.estimate, 0.5) ? 1 : 0;
  }
  // Standard error 0.56 percentage points; 200 replicates cost the bootstrap about one.
  EXPECT_NEAR(100.0 * wilson / kSamples, 95, 1.8);
  EXPECT_NEAR(100.0 * bootstrap / kSamples, 94.5, 2.3);
}

/// Of the false positives one weighs as much as all the others, so that a replicate tells mostly
/// how often it was drawn.
TEST(WeightedRows, AreTooFewForABootstrapWhereOneOutweighsAll) {
  const auto index = [](double heavy) {
    ContingencyTable table = test::empty_table({Factor{.name = "group", .values = {"a"}}}, 2);
    for (std::size_t i = 0; i < 400; ++i) {
      const std::size_t label = i % 2;
      const std::size_t prediction = i < 40 ? 1 - label : label;
      table.add_weighted(table.cell(std::array{std::size_t{0}, label, prediction}),
                         i == 0 ? heavy : 1 + 0.001 * static_cast<double>(i % 7));
    }
    PredictionAudit audit = audit_predictions(table, {});
    add_bootstrap_intervals(audit, table, {.seed = 3, .replicates = 300, .threads = 2});
    return audit.frame.find("generalized_entropy_index")->overall.estimate;
  };
  EXPECT_TRUE(index(1).low) << index(1).interval;
  EXPECT_FALSE(index(400).low);
  EXPECT_NE(index(400).interval.find("rows in effect"), std::string::npos) << index(400).interval;
}

TEST(WeightedRows, BringTheirWeightsIntoTheBootstrapOfScores) {
  const auto spread = [](double heavy) {
    std::vector<ScoredRow> rows;
    Stream stream(6, Purpose::kTest, 1);
    ContingencyTable groups(std::vector<Factor>{{.name = "group", .values = {"a"}}});
    for (int i = 0; i < 300; ++i) {
      const double score = stream.uniform();
      const double weight = i % 10 == 0 ? heavy : 1;
      rows.push_back({.score = score, .positive = stream.uniform() < score, .weight = weight});
      groups.add_weighted(0, weight);
    }
    const ScoredRows scored(rows, 1);
    ScoreAudit audit = audit_scores(scored, groups);
    add_bootstrap_intervals(audit, scored, {.seed = 2, .replicates = 400, .threads = 2});
    const Estimate& area = audit.frame.find("roc_auc")->overall.estimate;
    return *area.high - *area.low;
  };
  // A tenth of the rows with 20 times the weight: (2.9)^2 / 40.9, a fifth of the rows, tells.
  EXPECT_NEAR(spread(20) / spread(1), std::sqrt(40.9 / (2.9 * 2.9)), 0.6);
}

}  // namespace
}  // namespace af::audit
