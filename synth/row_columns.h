#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/dataset.h"
#include "core/dataset_reader.h"
#include "synth/image_format.h"
#include "synth/row.h"
#include "synth/row_description.h"

namespace af::synth {

/// The columns `x` [H, W, C] and `mask` [H, W] or [H, W, S].
[[nodiscard]] std::vector<Column> pixel_columns(const ImageFormat& image);

/// The columns `x` [H, W, C], `mask` [H, W] or [H, W, S] and one for every attribute, each
/// described once: from the same description a row is stored and read again.
class RowColumns {
 public:
  explicit RowColumns(const RowFormat& format);

  [[nodiscard]] const std::vector<Column>& columns() const noexcept { return columns_; }
  /// Those but for the pixels, as they lie in an `attribute_block`.
  [[nodiscard]] std::span<const Column> attribute_columns() const;
  [[nodiscard]] static std::span<std::uint8_t> image(RowBlock& block, std::size_t row);
  [[nodiscard]] static std::span<std::uint8_t> mask(RowBlock& block, std::size_t row);

  /// Stores all but the pixels. The row is not changed.
  void store(Row& row, RowBlock& block, std::size_t at) const;

  /// Room for so many rows, all but their pixels.
  [[nodiscard]] RowBlock attribute_block(std::size_t rows) const;
  /// Reads rows [first, first + count) into such a block.
  /// @throws InputError if the file lacks a column, or a column cannot be read.
  void read(const DatasetReader& file, std::uint64_t first, std::uint64_t count,
            RowBlock& block) const;
  /// Makes `row` what row `at` of such a block says.
  void load(const RowBlock& block, std::size_t at, Row& row) const;

 private:
  std::vector<RowField> fields_;
  std::vector<Column> columns_;
  std::size_t symbols_;
  std::size_t background_strokes_;
  std::size_t foreground_strokes_;
};

}  // namespace af::synth
