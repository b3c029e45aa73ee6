#include "al/metrics/test_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/al/oracle.h"

namespace af::al {
namespace {

const Factor kChar{"char", {"a", "d"}, {}};
const Factor kColor{"color", {"blue", "red"}, {}};

/// Adds `count` rows of one kind; the predicted class gets probability .8.
void add(Predictions& p, int group, int label, int predicted, int count) {
  for (int i = 0; i < count; ++i) {
    p.groups.push_back(static_cast<std::uint16_t>(group));
    p.labels.push_back(static_cast<std::uint16_t>(label));
    p.predicted.push_back(static_cast<std::uint16_t>(predicted));
    p.log_probabilities.push_back(std::log(predicted == 0 ? .8 : .2));
    p.log_probabilities.push_back(std::log(predicted == 1 ? .8 : .2));
  }
}

std::map<std::string, std::optional<double>> metrics_of(const Predictions& p) {
  const std::vector<NamedMetric> metrics = test_metrics(p, kChar, kColor);
  return {metrics.begin(), metrics.end()};
}

/// Blue: 8 of 10 a right, 3 of 5 d right. Red: 1 of 5 a right, 20 of 20 d right.
Predictions table() {
  Predictions p{.class_count = 2, .group_count = 2};
  add(p, 0, 0, 0, 8);
  add(p, 0, 0, 1, 2);
  add(p, 0, 1, 1, 3);
  add(p, 0, 1, 0, 2);
  add(p, 1, 0, 0, 1);
  add(p, 1, 0, 1, 4);
  add(p, 1, 1, 1, 20);
  return p;
}

TEST(TestMetrics, AgreeWithATableWorkedOutByHand) {
  auto m = metrics_of(table());
  const auto expect = [&](const char* name, double value) {
    ASSERT_TRUE(m[name].has_value()) << name;
    EXPECT_NEAR(*m[name], value, 1e-12) << name;
  };
  expect("accuracy", 32. / 40);
  expect("balanced_accuracy", (9. / 15 + 23. / 25) / 2);
  expect("macro_recall", (9. / 15 + 23. / 25) / 2);
  expect("macro_precision", (9. / 11 + 23. / 29) / 2);
  expect("macro_f1", (18. / 26 + 46. / 54) / 2);
  expect("nll", -(32 * std::log(.8) + 8 * std::log(.2)) / 40);
  expect("ece", 0);  // Confidence .8 everywhere, and 32 of 40 right.
  expect("brier", (32 * 2 * .04 + 8 * 2 * .64) / 40);
  expect("worst_group_accuracy", .2);
  expect("group_gap", .8);
  expect("group_ratio", .2);
  expect("equalized_odds_difference", .6);  // TPR of a: 8/10 blue, 1/5 red.
  expect("demographic_parity_difference", 10. / 15 - 1. / 25);
  expect("accuracy_char_a", 9. / 15);
  expect("accuracy_char_d", 23. / 25);
  expect("accuracy_color_blue", 11. / 15);
  expect("accuracy_color_red", 21. / 25);
  expect("accuracy_char_a_color_blue", .8);
  expect("accuracy_char_a_color_red", .2);
  expect("accuracy_char_d_color_blue", .6);
  expect("accuracy_char_d_color_red", 1);
}

TEST(TestMetrics, FindTheMiscalibrationOfABin) {
  Predictions p{.class_count = 2, .group_count = 2};
  add(p, 0, 0, 0, 1);
  add(p, 0, 0, 1, 1);
  EXPECT_NEAR(*metrics_of(p)["ece"], .3, 1e-12);  // Confidence .8, accuracy .5.
}

TEST(TestMetrics, HaveTheLogLossBrierScoreAndCalibrationErrorOfTheOracle) {
  const nlohmann::json cases = test::oracle("calibration.json")["cases"];
  ASSERT_FALSE(cases.empty());
  for (const nlohmann::json& one : cases) {
    const std::size_t classes = one["p"][0].size();
    Predictions p{.class_count = classes, .group_count = 1};
    for (std::size_t row = 0; row < one["labels"].size(); ++row) {
      const std::vector<double> probabilities = one["p"][row];
      const auto predicted = std::ranges::max_element(probabilities) - probabilities.begin();
      p.labels.push_back(one["labels"][row]);
      p.predicted.push_back(static_cast<std::uint16_t>(predicted));
      p.groups.push_back(0);
      for (const double value : probabilities) p.log_probabilities.push_back(std::log(value));
    }
    const Factor target{"class", std::vector<std::string>(classes, "c"), {}};
    const std::vector<NamedMetric> metrics = test_metrics(p, target, {"group", {"g"}, {}});
    std::map<std::string, std::optional<double>> named(metrics.begin(), metrics.end());
    for (const char* name : {"nll", "ece", "brier"}) {
      EXPECT_NEAR(named[name].value(), one[name], 1e-9) << name << " of " << classes << " classes";
    }
  }
}

TEST(TestMetrics, AreUndefinedWhereACellIsEmpty) {
  Predictions p{.class_count = 2, .group_count = 2};
  add(p, 0, 0, 0, 4);
  add(p, 0, 1, 1, 4);
  add(p, 1, 0, 0, 4);
  auto m = metrics_of(p);
  EXPECT_TRUE(m["accuracy"].has_value());
  EXPECT_TRUE(m["demographic_parity_difference"].has_value());
  for (const char* name : {"worst_group_accuracy", "group_gap", "group_ratio",
                           "equalized_odds_difference", "accuracy_char_d_color_red"}) {
    EXPECT_FALSE(m[name].has_value()) << name;
  }
}

TEST(TestMetrics, LeaveThePrecisionOfAClassNeverPredictedUndefined) {
  Predictions p{.class_count = 2, .group_count = 2};
  add(p, 0, 0, 0, 4);
  add(p, 1, 1, 0, 4);
  auto m = metrics_of(p);
  EXPECT_FALSE(m["macro_precision"].has_value());
  EXPECT_NEAR(*m["macro_f1"], (8. / 12 + 0) / 2, 1e-12);
}

TEST(TestMetrics, HaveNoRatioWhereEveryCellIsWrong) {
  Predictions p{.class_count = 2, .group_count = 2};
  for (int group : {0, 1}) {
    add(p, group, 0, 1, 2);
    add(p, group, 1, 0, 2);
  }
  auto m = metrics_of(p);
  EXPECT_EQ(m["worst_group_accuracy"], 0);
  EXPECT_FALSE(m["group_ratio"].has_value());
}

}  // namespace
}  // namespace af::al
