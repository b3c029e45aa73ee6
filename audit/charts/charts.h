#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/metrics/metric_frame.h"

/// Vega-Lite specifications with their data. Colour means the same in all of them: a group value
/// that is itself a colour's name is drawn in it, and heuristics have hues of their own.
namespace af::audit {

/// A scale from values to colours. Values that name a colour get a tone of it, others one of a
/// palette for the colour-blind (Okabe and Ito 2008, "Color universal design").
[[nodiscard]] nlohmann::json value_colours(const std::vector<std::string>& values);

/// A scale of hues, for heuristics, that no named colour of the data has.
[[nodiscard]] nlohmann::json heuristic_colours(const std::vector<std::string>& heuristics);

/// Counts as a heat map: the first factor down, the others across.
[[nodiscard]] nlohmann::json cells_chart(const ContingencyTable& table,
                                         const std::vector<Estimate>& shares);

/// A point with its interval on a line of its own.
struct ForestRow {
  std::string panel;   ///< Lines of one panel share a heading.
  std::string line;    ///< Label beside the axis.
  std::string colour;  ///< Value that decides the colour.
  Estimate estimate;   ///< Undefined ones leave their line empty.
};

struct ForestLook {
  std::string axis;                  ///< Title of the horizontal axis.
  std::string lines;                 ///< Title of the vertical axis.
  std::vector<std::string> colours;  ///< All values that decide colours.
  std::optional<double> reference;   ///< Where a dashed vertical line is drawn.
  bool is_share = true;              ///< The axis goes from 0 to 1.
};

/// Forest plot: one panel below the other.
[[nodiscard]] nlohmann::json forest_chart(const std::vector<ForestRow>& rows,
                                          const ForestLook& look);

}  // namespace af::audit
