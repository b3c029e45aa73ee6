#pragma once

#include <functional>
#include <string>
#include <vector>

#include "synth/listed_config.h"
#include "synth/row.h"

namespace af::synth {

/// Counterfactuals: rows with some of their columns changed, all else and the noise the same.
///
/// A swap "color=blue:red" gives rows that have the one value the other, and the reverse. It takes
/// `color`, `char`, `font`, `bold`, `slant`, `inverse`, `max_contrast` and `split`; both values
/// must be among the rows'. A replacement "rotation=0" gives all rows the value. It takes these,
/// `scale`, `rotation`, `translation_x`, `translation_y`, `noise_scale`, and `foreground` and
/// `background`, which become none or a color. Swaps come first; each in its order.
///
/// A change holds for every character of an image, not for its occlusions. A color is that of solid
/// characters; a change of `color` leaves other patterns as they are.
class RowChanges {
 public:
  /// @param format  Of the rows; gets room for what they become.
  /// @throws ConfigError that names the change: no such column, or a value that it cannot have.
  RowChanges(const ListedConfig& config, RowFormat& format);

  /// @throws InputError if a font lacks a character that it now has to draw.
  void operator()(Row& row) const;

 private:
  void list_glyphs(const RowFormat& format);

  std::vector<std::function<void(Row&)>> changes_;
  std::vector<std::string> face_names_;
  std::vector<std::vector<bool>> has_first_;  ///< [faces][chars]
  std::vector<std::vector<bool>> has_layer_;  ///< [faces][layer chars]
};

}  // namespace af::synth
