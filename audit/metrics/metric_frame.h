#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/statistics/estimate.h"
#include "audit/statistics/interval.h"

/// Metrics by group and what sets the groups apart, with fairlearn's names and definitions where
/// those are defined. Source: fairlearn 0.15, MetricFrame.
namespace af::audit {

/// One metric of one group.
struct Measure {
  Estimate estimate;
  std::optional<Proportion> proportion;  ///< What it is a share of, if it is one.
};

struct GroupMetric {
  std::string name;
  Measure overall;
  std::vector<Measure> by_group;  ///< In the order of the frame's cells.
};

/// Every metric for every group; a group is a cell of the sensitive columns, empty ones too.
struct MetricFrame {
  ContingencyTable groups{{}};  ///< Rows by group.
  std::vector<GroupMetric> metrics;

  /// Empty if there is no metric of that name.
  [[nodiscard]] const GroupMetric* find(std::string_view name) const;
};

/// A number that compares groups.
struct Disparity {
  std::string name;
  Estimate estimate;
};

/// How the groups' values m_g of a metric become one number. All are undefined if the metric is
/// undefined in any group, since leaving that group out would understate them. A group is
/// compared with the others, or with the value m of all rows.
enum class Contrast {
  kDifference,           ///< max_g m_g - min_g m_g
  kRatio,                ///< min_g m_g / max_g m_g; undefined if all are 0
  kDifferenceToOverall,  ///< max_g |m_g - m|
  kRatioToOverall,       ///< min_g min(m_g/m, m/m_g); undefined if m is 0
  kGroupMin,             ///< min_g m_g
  kGroupMax,             ///< max_g m_g
};

/// "_difference", "_ratio", "_difference_to_overall", ..., behind a metric's name.
[[nodiscard]] const char* suffix(Contrast contrast);

/// The two values that a contrast compares, as positions in [G + 1] values with the overall one
/// last: first - second, first / second, or the first alone. The data choose them; then they stay
/// the same while an interval is found. If every replicate chose its own, the largest less the
/// smallest of groups that differ by chance alone would never be near 0.
struct Compared {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// @param values  [G + 1] m_g and m, those of the groups not NaN; G > 0.
[[nodiscard]] Compared compared(Contrast contrast, std::span<const double> values);

/// The contrast of these two as a bare number; NaN where it is undefined.
[[nodiscard]] double contrasted(Contrast contrast, Compared which, std::span<const double> values);

/// The contrast with its interval or its reason. Differences of two groups' proportions have
/// Newcombe's interval, ratios Koopman's; of two other values with intervals MOVER's
/// (audit/statistics/mover.h); a group's value has its own: for the groups at the ends, taken as if
/// they had been chosen beforehand.
[[nodiscard]] Estimate contrasted(Contrast contrast, const MetricFrame& frame,
                                  const GroupMetric& metric, double confidence = kConfidence);

/// A disparity before it is computed: a contrast of one metric, or of two taken together.
struct DisparityDefinition {
  enum class Joined {
    kAlone,
    kWorst,  ///< The larger difference, the smaller ratio.
    kMean,
  };
  std::string name;
  Contrast contrast = Contrast::kDifference;
  std::vector<std::size_t> metrics;  ///< Positions in the frame.
  Joined joined = Joined::kAlone;
};

/// The six contrasts of every metric.
[[nodiscard]] std::vector<DisparityDefinition> contrast_definitions(const MetricFrame& frame);

/// Of two metrics the interval is wider towards equality, where its end has half of the chance to
/// err: the data have chosen the worse of them, or the order of the groups in each.
[[nodiscard]] Disparity evaluate(const DisparityDefinition& definition, const MetricFrame& frame);

/// [metrics, G + 1] Values of a frame, overall last; NaN where undefined.
[[nodiscard]] std::vector<double> bare_values(const MetricFrame& frame);

/// A disparity of which it is settled what it compares, and of two metrics which one is the worse.
class FixedDisparity {
 public:
  /// @param values  [metrics, G + 1] Of the data; the groups' values of the metrics not NaN.
  FixedDisparity(const DisparityDefinition& definition, std::span<const double> values,
                 std::size_t groups);
  /// NaN where undefined.
  /// @param values  [metrics, G + 1] Of the data, or of a replicate.
  [[nodiscard]] double value(std::span<const double> values) const;

 private:
  struct Part {
    std::size_t metric;
    Compared which;
  };
  Contrast contrast_;
  std::size_t line_;  ///< G + 1
  std::vector<Part> parts_;
};

/// All contrasts of every metric.
[[nodiscard]] std::vector<Disparity> metric_disparities(const MetricFrame& frame);

}  // namespace af::audit
