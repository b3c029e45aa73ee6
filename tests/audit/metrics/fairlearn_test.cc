#include <gtest/gtest.h>

#include "audit/metrics/predictions.h"
#include "tests/audit/oracle.h"

/// Values from tests/oracle/fairlearn_disparities.py.
namespace af::audit {
namespace {

constexpr double kTolerance = 1e-12;

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(std::to_string(i));
  return values;
}

/// counts[group][label][prediction]; with two group columns the groups are numbered in binary.
ContingencyTable table_of(const nlohmann::json& counts, std::size_t group_columns = 1) {
  const std::size_t classes = counts[0].size();
  std::vector<Factor> factors;
  if (group_columns == 1) {
    factors = {{.name = "group", .values = numbered(counts.size())}};
  } else {
    factors = {{.name = "a", .values = {"0", "1"}}, {.name = "b", .values = {"0", "1"}}};
  }
  factors.push_back({.name = "label", .values = numbered(classes)});
  factors.push_back({.name = "prediction", .values = numbered(classes)});
  ContingencyTable table(std::move(factors));
  std::size_t cell = 0;
  for (const auto& group : counts) {
    for (const auto& label : group) {
      for (const auto& rows : label) table.add(cell++, rows.get<std::uint64_t>());
    }
  }
  return table;
}

void expect_equal(const Estimate& ours, const nlohmann::json& theirs, const std::string& name) {
  if (theirs.is_null()) {
    EXPECT_FALSE(ours.value) << name;
    EXPECT_FALSE(ours.reason.empty()) << name;
    return;
  }
  ASSERT_TRUE(ours.value) << name << ": " << ours.reason;
  EXPECT_NEAR(*ours.value, theirs.get<double>(), kTolerance) << name;
}

const Estimate& disparity(const PredictionAudit& audit, const std::string& name) {
  for (const Disparity& one : audit.disparities) {
    if (one.name == name) return one.estimate;
  }
  throw std::out_of_range("no disparity " + name);
}

TEST(Fairlearn, MetricsByGroupAndOverallAgree) {
  const nlohmann::json values = test::oracle("fairlearn_disparities.json").at("tables");
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
  const nlohmann::json values = test::oracle("fairlearn_disparities.json").at("tables");
  for (const auto& table : values) {
    const PredictionAudit audit = audit_predictions(table_of(table.at("counts")), {});
    for (const auto& [name, value] : table.at("disparities").items()) {
      expect_equal(disparity(audit, name), value, name);
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000U);
}

TEST(Fairlearn, WhereItAnswersWithoutRowsOursIsUndefinedAndSaysWhy) {
  const nlohmann::json values = test::oracle("fairlearn_disparities.json").at("silent");
  for (const auto& one : values) {
    const std::string says = one.at("says");
    EXPECT_TRUE(one.at("fairlearn_difference").is_number()) << says;
    const PredictionAudit audit =
        audit_predictions(table_of(one.at("counts"), one.at("group_columns")), {});
    const Estimate& ours = disparity(audit, one.at("metric").get<std::string>() + "_difference");
    EXPECT_FALSE(ours.value) << says;
    EXPECT_NE(ours.reason.find("There are no "), std::string::npos) << ours.reason;
  }
}

}  // namespace
}  // namespace af::audit
