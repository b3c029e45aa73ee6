#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audit/runs/run_audit.h"

/// Learning curves as Vega-Lite specifications: mean over the seeds with a band, seeds faintly.
namespace af::audit {

/// One line of a chart.
struct CurveLine {
  std::string heuristic;
  std::string row;     ///< Panel, downwards; all the same: no panels.
  std::string column;  ///< Panel, across; all the same: no panels.
  std::string colour;  ///< Value that decides the colour.
  std::string dash;    ///< "minority" is dashed.
  const Curve* curve = nullptr;
};

struct CurveLook {
  std::string y;           ///< Title of the vertical axis.
  std::string colour;      ///< What the colours stand for: title of the legend.
  nlohmann::json colours;  ///< Vega-Lite scale.
  bool from_zero = false;  ///< The vertical axis begins at 0.
  bool dashes = false;     ///< Majority drawn through, minority dashed.
};

[[nodiscard]] nlohmann::json curve_chart(const std::vector<std::uint64_t>& steps,
                                         const std::vector<CurveLine>& lines,
                                         const CurveLook& look);

/// Labelled rows by step.
/// @param data  [{"step", "labelled"}, ...]
[[nodiscard]] nlohmann::json size_chart(nlohmann::json data);

}  // namespace af::audit
