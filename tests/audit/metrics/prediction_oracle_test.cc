#include <gtest/gtest.h>

#include "audit/metrics/predictions.h"
#include "audit/metrics/score_metrics.h"
#include "tests/audit/metrics/expected.h"
#include "tests/audit/oracle.h"

/// Values from tests/oracle/prediction_metrics.py and score_metrics.py.
namespace af::audit {
namespace {

using test::disparity;
using test::expect_equal;
using test::table_of;

TEST(PredictionOracle, EveryMetricByGroupAndOverallAgrees) {
  const nlohmann::json tables = af::test::oracle("prediction_metrics.json").at("tables");
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
  const nlohmann::json tables = af::test::oracle("prediction_metrics.json").at("tables");
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
  const nlohmann::json tables = af::test::oracle("score_metrics.json").at("tables");
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
