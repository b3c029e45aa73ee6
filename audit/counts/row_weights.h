#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "audit/counts/weighted_rows.h"

namespace af::audit {

/// The weights of the rows of a table's cells: their sums, and every single one for the bootstrap.
/// Rows of one cell and weight are held together, so that few distinct weights take no memory.
class RowWeights {
 public:
  struct Equal {
    double weight = 0;  ///< Of each of the rows, above 0.
    std::uint32_t cell = 0;
    std::uint32_t rows = 0;

    bool operator==(const Equal&) const = default;
  };

  explicit RowWeights(std::size_t cells) : sums_(cells) {}

  /// @param weight  Above 0.
  void add(std::size_t cell, double weight);
  [[nodiscard]] WeightedRows of(std::size_t cell) const;
  /// All rows, each once, by cell and weight.
  [[nodiscard]] std::vector<Equal> all() const;
  /// The same rows in other cells. @param to  [cells] Where those of each cell go.
  [[nodiscard]] RowWeights moved(std::span<const std::size_t> to, std::size_t cells) const;
  /// The rows of the cells from `first` on, which becomes cell 0.
  [[nodiscard]] RowWeights part(std::size_t first, std::size_t cells) const;

 private:
  /// In more digits than doubles have, so that adding up ten million weights loses none.
  struct Sums {
    std::uint64_t rows = 0;
    long double weight = 0;
    long double squares = 0;
  };

  std::vector<Sums> sums_;
  std::vector<Equal> equal_;
  std::size_t compact_at_ = std::size_t{1} << 16;
};

}  // namespace af::audit
