#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "synth/renderer.h"
#include "synth/stored_rows.h"

namespace af::synth {

/// A row with its pixels.
struct Sample {
  Row row;
  std::vector<std::uint8_t> image;  ///< [H, W, C]
  std::vector<std::uint8_t> mask;   ///< [H, W], or [H, W, S] with a mask for each symbol.
};

/// Draws rows of a written data set again, from their columns alone; `x` and `mask` are not read.
class Replay {
 public:
  /// @param font_folders  Of further fonts.
  /// @throws InputError if the file has not the columns, or a font of it is missing or another.
  explicit Replay(const DatasetReader& file, std::span<const std::string> font_folders = {});

  /// @param row  Below `file.rows()`.
  [[nodiscard]] Sample draw(std::uint64_t row);

 private:
  RowFormat format_;
  StoredRows rows_;
  Renderer renderer_;
};

}  // namespace af::synth
