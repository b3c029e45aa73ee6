#include <gtest/gtest.h>

#include "audit/metrics/predictions.h"
#include "tests/audit/metrics/expected.h"
#include "tests/audit/oracle.h"

/// Values from tests/oracle/fairlearn_disparities.py.
namespace af::audit {
namespace {

using test::disparity;
using test::expect_equal;
using test::table_of;

TEST(Fairlearn, MetricsByGroupAndOverallAgree) {
  const nlohmann::json values = af::test::oracle("fairlearn_disparities.json").at("tables");
  for (const auto& table : values) {
    const PredictionAudit audit = audit_predictions(table_of(table.at("counts")), {});
    for (const auto& [name, value] : table.at("overall").items()) {
      const GroupMetric* metric = audit.frame.find(name);
      ASSERT_NE(metric, nullptr) << name;
      expect_equal(metric->overall.estimate, value, name);
      for (std::size_t g = 0; g < metric->by_group.size(); ++g) {
        expect_equal(metric->by_group[g].estimate, table.at("by_group")[g].at(name), name);
      }
    }
  }
}

TEST(Fairlearn, DisparitiesAgree) {
  std::size_t compared = 0;
  const nlohmann::json values = af::test::oracle("fairlearn_disparities.json").at("tables");
  for (const auto& table : values) {
    const PredictionAudit audit = audit_predictions(table_of(table.at("counts")), {});
    for (const auto& [name, value] : table.at("disparities").items()) {
      expect_equal(disparity(audit.disparities, name), value, name);
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000U);
}

TEST(Fairlearn, WhereItAnswersWithoutRowsOursIsUndefinedAndSaysWhy) {
  const nlohmann::json values = af::test::oracle("fairlearn_disparities.json").at("silent");
  for (const auto& one : values) {
    const std::string says = one.at("says");
    EXPECT_TRUE(one.at("fairlearn_difference").is_number()) << says;
    const PredictionAudit audit =
        audit_predictions(table_of(one.at("counts"), one.at("group_columns")), {});
    const Estimate& ours =
        disparity(audit.disparities, one.at("metric").get<std::string>() + "_difference");
    EXPECT_FALSE(ours.value) << says;
    EXPECT_NE(ours.reason.find("There are no "), std::string::npos) << ours.reason;
  }
}

}  // namespace
}  // namespace af::audit
