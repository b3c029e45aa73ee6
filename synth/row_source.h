#pragma once

#include <cstdint>
#include <functional>

#include "core/dataset.h"
#include "synth/dataset_config.h"
#include "synth/row.h"

namespace af::synth {

/// The rows of a data set before they are drawn, wherever they come from.
struct RowSource {
  RowFormat format;
  std::uint64_t rows = 0;
  Attributes attributes;  ///< Of the file: configuration, seed, vocabulary.
  /// Makes `row` row `i`, whatever it held; may run on several threads at once.
  std::function<void(std::uint64_t i, Row& row)> fill;
};

/// Rows drawn at random: row i depends on the configuration and i alone.
/// @throws ConfigError if the configuration is not valid, a font is not installed, or a font lacks
///         a character.
[[nodiscard]] RowSource sampled_rows(const DatasetConfig& config);

}  // namespace af::synth
