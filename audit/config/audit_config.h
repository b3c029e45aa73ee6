#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "audit/counts/weighted_rows.h"
#include "audit/statistics/interval.h"
#include "core/config.h"

namespace af::audit {

/// What a missing value of a group column is.
enum class Missing { kError, kGroup };
constexpr auto enum_names(Missing) {
  return std::array{std::pair{Missing::kError, "error"}, std::pair{Missing::kGroup, "group"}};
}

/// What to audit in an input; an empty field stands for what its description says.
struct AuditConfig {
  std::string label;               ///< Class column. Default: "char" of a data set.
  std::string prediction;          ///< Prediction column of a CSV; empty: composition only.
  std::vector<std::string> group;  ///< Group columns. Default: "color" of a data set.
  std::string positive;            ///< Positive class. Default: the second of two.
  std::string score;               ///< Column of P(positive class); empty: none.
  std::string stratum;             ///< Column inside whose values groups are compared too.
  std::string weights;             ///< Column of the rows' weights; empty: each counts once.
  WeightKind weights_are = WeightKind::kFrequency;
  Missing missing = Missing::kError;  ///< "group": rows without a value are a group of their own.
  std::vector<std::string> bins;      ///< "COLUMN=EDGE,EDGE,...": ranges of a numeric group column.
  int max_groups = 10'000;            ///< Distinct values that a column may have, 1 to 1,000,000.
  int replicates = 10'000;            ///< Of the bootstrap of counts, 0 to 1,000,000; 0: none.
  int score_replicates = 1'000;       ///< Of the bootstrap of scores, likewise.
  std::uint64_t seed = 0;             ///< Of the bootstrap.
  int threads = 0;                    ///< 0: one a hardware thread.
  IntervalMethod interval = IntervalMethod::kWilson;  ///< Of shares of rows.

  /// Target first, then the groups: the factors' order everywhere.
  [[nodiscard]] std::vector<std::string> counted_columns() const;

  /// @throws ConfigError if a column is named twice or a number is out of its range.
  void validate() const;
};

template <class Visitor>
void describe(Visitor& visitor, AuditConfig& config) {
  visitor.field("label", config.label,
                "column of the true class; of a data set \"char\", of a run its target by default");
  visitor.field("prediction", config.prediction,
                "column of the predicted class; without it only counts are audited");
  visitor.field("group", config.group,
                "columns whose combined values are the groups; of a data set \"color\" by default");
  visitor.field("positive", config.positive,
                "class that counts as selected; by default the second of two in sorted order");
  visitor.field("score", config.score, "column with the probability of the positive class");
  visitor.field("stratum", config.stratum,
                "column inside whose values the groups are compared too");
  visitor.field("weights", config.weights, "column with the weight of every row");
  visitor.field(
      "weights_are", config.weights_are,
      "frequency: the number of equal rows that a row stands for; sampling: how much of a "
      "population it stands for");
  visitor.field("missing", config.missing,
                "missing values of group columns: an error, or a group of their own");
  visitor.field("max_groups", config.max_groups, "distinct values that a column may have");
  visitor.field("replicates", config.replicates,
                "bootstrap replicates of figures that are functions of counts; 0: no intervals");
  visitor.field("score_replicates", config.score_replicates,
                "bootstrap replicates of metrics of scores; 0: no intervals");
  visitor.field("seed", config.seed, "of the bootstrap");
  visitor.field("threads", config.threads, "threads; 0: one a hardware thread");
  visitor.field("interval", config.interval,
                "interval of shares of rows; clopper-pearson never covers less than it says");
}

}  // namespace af::audit
