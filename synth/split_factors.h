#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "synth/dataset_config.h"
#include "synth/row.h"

namespace af::synth {

/// Numbers between two ends, each within or not.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  [[nodiscard]] bool contains(double value) const {
    return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
  }
  [[nodiscard]] Interval intersected(const Interval& other) const;
};

/// A factor that a split can go by: of the first character, or of the whole image. Either it has
/// levels, or it is a number.
struct SplitFactor {
  std::string name;
  std::vector<std::string> levels;
  std::vector<bool> possible;  ///< Which levels can come up.
  Distribution values;         ///< Of a number; a draw beyond an end is that end.
  double low = 0.0;
  double high = 0.0;
  std::function<double(const Row&)> at;  ///< The number, or the level's position.

  [[nodiscard]] bool is_number() const { return levels.empty(); }
  /// Whether a number can lie in the interval.
  [[nodiscard]] bool can_be(const Interval& interval) const;
};

/// All of them, in an order that never changes: a later one is put behind.
[[nodiscard]] std::vector<SplitFactor> split_factors(const DatasetConfig& config,
                                                     const JointTable& joint);

}  // namespace af::synth
