#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "synth/row.h"

namespace af::synth {

/// The columns that the package Synbols writes and reads (its `load_h5`): `x`, `mask`, `y`, a row's
/// attributes as one JSON text, and `split/random`, [3] truth values a row: train, val, test.
class SynbolsColumns {
 public:
  explicit SynbolsColumns(const RowFormat& format);

  [[nodiscard]] const std::vector<Column>& columns() const noexcept { return columns_; }
  /// Stores all but the pixels.
  void store(const Row& row, RowBlock& block, std::size_t at) const;

 private:
  RowFormat format_;
  std::vector<Column> columns_;
};

}  // namespace af::synth
