#include <gtest/gtest.h>

#include <algorithm>

#include "audit/metrics/predictions.h"
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

}  // namespace
}  // namespace af::audit
