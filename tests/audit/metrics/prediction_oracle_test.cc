#include <gtest/gtest.h>

#include <algorithm>

#include "audit/metrics/count_bootstrap.h"
#include "audit/metrics/predictions.h"
#include "audit/metrics/score_bootstrap.h"
#include "audit/metrics/score_metrics.h"
#include "tests/audit/oracle.h"

/// Values from tests/oracle/prediction_metrics.py and score_metrics.py.
namespace af::audit {
namespace {

constexpr double kTolerance = 1e-12;

/// counts[group][label][prediction]
ContingencyTable table_of(const nlohmann::json& counts) {
  const auto numbered = [](std::size_t count) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(std::to_string(i));
    return values;
  };
  const std::vector<std::string> classes = numbered(counts[0].size());
  ContingencyTable table({{.name = "group", .values = numbered(counts.size())},
                          {.name = "label", .values = classes},
                          {.name = "prediction", .values = classes}});
  std::size_t cell = 0;
  for (const auto& group : counts) {
    for (const auto& label : group) {
      for (const auto& rows : label) table.add(cell++, rows.get<std::uint64_t>());
    }
  }
  return table;
}

void expect_equal(const Estimate& ours, const nlohmann::json& theirs, const std::string& name) {
  ASSERT_EQ(ours.value.has_value(), theirs.is_number()) << name << ": " << ours.reason;
  if (!ours.value) return;
  EXPECT_NEAR(*ours.value, theirs.get<double>(), kTolerance * std::max(1.0, *ours.value)) << name;
}

const Estimate& disparity(const std::vector<Disparity>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &Disparity::name);
  if (found == all.end()) throw std::out_of_range("no disparity " + name);
  return found->estimate;
}

TEST(PredictionOracle, EveryMetricByGroupAndOverallAgrees) {
  const nlohmann::json tables = test::oracle("prediction_metrics.json").at("tables");
  ASSERT_EQ(tables.size(), 200U);
  for (const auto& table : tables) {
    const PredictionAudit audit = audit_predictions(table_of(table.at("counts")), {});
    for (std::size_t i = 0; i < table.at("metrics").size(); ++i) {
      const std::string name = table.at("metrics")[i];
      const GroupMetric* metric = audit.frame.find(name);
      ASSERT_NE(metric, nullptr) << name;
      expect_equal(metric->overall.estimate, table.at("overall")[i], name);
      for (std::size_t g = 0; g < table.at("by_group").size(); ++g) {
        expect_equal(metric->by_group[g].estimate, table.at("by_group")[g][i], name);
      }
    }
  }
}

TEST(PredictionOracle, EveryContrastAgrees) {
  std::size_t compared = 0;
  const nlohmann::json tables = test::oracle("prediction_metrics.json").at("tables");
  for (const auto& table : tables) {
    const PredictionAudit audit = audit_predictions(table_of(table.at("counts")), {});
    for (const char* contrast : {"_difference", "_ratio", "_difference_to_overall",
                                 "_ratio_to_overall", "_group_min", "_group_max"}) {
      for (std::size_t i = 0; i < table.at("metrics").size(); ++i) {
        const std::string name = table.at("metrics")[i].get<std::string>() + contrast;
        expect_equal(disparity(audit.disparities, name), table.at(contrast)[i], name);
        ++compared;
      }
    }
    if (!table.contains("named")) continue;
    for (const auto& [name, value] : table.at("named").items()) {
      expect_equal(disparity(audit.disparities, name), value, name);
    }
  }
  EXPECT_GT(compared, 15'000U);
}

TEST(PredictionOracle, MetricsOfScoresAgree) {
  const nlohmann::json tables = test::oracle("score_metrics.json").at("tables");
  for (const auto& table : tables) {
    const std::size_t groups = table.at("groups");
    std::vector<std::string> names;
    for (std::size_t g = 0; g < groups; ++g) names.push_back(std::to_string(g));
    ContingencyTable counts({{.name = "group", .values = names}});
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < table.at("score").size(); ++i) {
      rows.push_back({.score = table.at("score")[i],
                      .group = table.at("group")[i],
                      .positive = table.at("label")[i] == 1});
      counts.add(rows.back().group);
    }
    const ScoreAudit audit = audit_scores(ScoredRows(rows, groups), counts);
    for (const GroupMetric& metric : audit.frame.metrics) {
      expect_equal(metric.overall.estimate, table.at("overall").at(metric.name), metric.name);
      for (std::size_t g = 0; g < groups; ++g) {
        expect_equal(metric.by_group[g].estimate, table.at("by_group")[g].at(metric.name),
                     metric.name);
      }
      for (const char* contrast : {"_difference", "_ratio", "_difference_to_overall"}) {
        expect_equal(disparity(audit.disparities, metric.name + contrast),
                     table.at(contrast).at(metric.name), metric.name + contrast);
      }
    }
  }
}

/// Both intervals have Monte Carlo error: 50,000 replicates there, 40,000 here.
TEST(PredictionOracle, BcaIntervalsAgreeWithScipys) {
  const nlohmann::json cases = test::oracle("score_metrics.json").at("bca");
  for (const auto& one : cases) {
    nlohmann::json counts = nlohmann::json::array();
    for (std::size_t g = 0; g < 2; ++g) {
      const auto at = [&](std::size_t i) { return one.at("counts")[g * 4 + i]; };
      counts.push_back({{at(0), at(1)}, {at(2), at(3)}});
    }
    const ContingencyTable table = table_of(counts);
    PredictionAudit audit = audit_predictions(table, {});
    add_bootstrap_intervals(audit, table, {.seed = 1, .replicates = 40'000, .threads = 2});
    const auto expect = [&](const Estimate& ours, const char* name) {
      ASSERT_TRUE(ours.low) << name << ours.interval;
      EXPECT_NEAR(*ours.low, one.at(name)[0].get<double>(), 0.012) << name;
      EXPECT_NEAR(*ours.high, one.at(name)[1].get<double>(), 0.012) << name;
    };
    expect(audit.frame.find("f1")->overall.estimate, "f1");
    expect(audit.frame.find("balanced_accuracy")->overall.estimate, "balanced_accuracy");
    expect(disparity(audit.disparities, "f1_difference"), "f1_difference");
  }
}

}  // namespace
}  // namespace af::audit
