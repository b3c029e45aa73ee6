#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/metrics/metric_frame.h"

/// Sentences on what the figures of an exhibit show of these data.
namespace af::audit {

/// An estimate with the name of what it is of.
struct Named {
  std::string name;
  Estimate estimate;
};

/// Largest minus smallest value; 0 if fewer than two are defined.
[[nodiscard]] double spread(std::span<const Named> estimates);

/// "accuracy goes from 0.3333 (red) to 0.9000 (blue); it is undefined for green." Names what is
/// the same everywhere, and what is defined nowhere.
[[nodiscard]] std::string range_sentence(const std::string& what, std::span<const Named> estimates);

/// "bald 0.9470, random 0.9007", the first few of many.
[[nodiscard]] std::string values_words(std::span<const Named> estimates);

/// "Most rows: a, blue (1303, 43.4 %); fewest: d, blue (150, 5.0 %); 2 of 6 cells have none."
/// @param what  What a cell is: "cells", "groups".
[[nodiscard]] std::string cells_sentence(const ContingencyTable& table, const std::string& what);

/// The groups' values of a metric by the groups' names.
[[nodiscard]] std::vector<Named> by_group(const MetricFrame& frame, const GroupMetric& metric);

}  // namespace af::audit
