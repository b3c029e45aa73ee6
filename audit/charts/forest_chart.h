#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "audit/statistics/estimate.h"

namespace af::audit {

/// A point with its interval on a line of its own. A point without an interval is hollow; where the
/// estimate is undefined, the line says so.
struct ForestLine {
  std::string label;   ///< Beside the axis; unlike the panel's others.
  std::string colour;  ///< Value that decides the colour, if there are several.
  Estimate estimate;
};

struct ForestPanel {
  std::string title;
  std::vector<ForestLine> lines;    ///< The same labels in every panel.
  std::optional<double> reference;  ///< Where a dashed vertical line is drawn.
  bool is_share = true;             ///< The axis goes from 0 to 1.
};

struct ForestLook {
  std::string axis;        ///< Title of the horizontal axes.
  std::string lines;       ///< Title of the vertical axis.
  nlohmann::json colours;  ///< Vega-Lite scale; null: one colour for all.
};

/// Forest plot as a Vega-Lite specification, panels beside and below each other.
[[nodiscard]] nlohmann::json forest_chart(const std::vector<ForestPanel>& panels,
                                          const ForestLook& look);

}  // namespace af::audit
