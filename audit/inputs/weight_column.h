#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/inputs/column_stream.h"

namespace af::audit {

/// A column of weights, if there is one.
struct WeightColumn {
  std::string name;
  WeightKind kind = WeightKind::kFrequency;
};

/// Adds rows to a table with the weights of a batch, or once each. A row of weight 0 stands for
/// nothing: it is as if it were not there.
class Weighting {
 public:
  /// Frequency weights may add up to this; figures of far more rows would lose digits.
  static constexpr double kMaxRows = 1e12;
  /// Sampling weights other than 0 lie between these, so that their squares are numbers.
  static constexpr double kLeast = 1e-100;
  static constexpr double kMost = 1e100;

  explicit Weighting(std::optional<WeightColumn> column) : column_(std::move(column)) {}

  [[nodiscard]] const std::optional<WeightColumn>& column() const noexcept { return column_; }

  /// Reads the weights of a batch's rows; does nothing without a column.
  /// @param at  Position of the column in the batch.
  /// @throws InputError with the row for a weight that is none.
  void read(const ColumnStream& batch, std::size_t at);

  /// Of the batch; 1 without a column.
  [[nodiscard]] double of(std::size_t row) const { return column_ ? weights_[row] : 1.0; }
  /// Adds a row of the batch.
  void add(ContingencyTable& table, std::size_t cell, std::size_t row) const {
    if (!column_) return table.add(cell);
    const double weight = weights_[row];
    if (weight == 0) return;
    if (column_->kind == WeightKind::kSampling) return table.add_weighted(cell, weight);
    table.add(cell, static_cast<std::uint64_t>(weight));
  }

  /// Sum of all weights read.
  [[nodiscard]] double total() const noexcept { return total_; }

 private:
  [[noreturn]] void refuse(const ColumnStream& batch, std::size_t row, std::string_view text) const;

  std::optional<WeightColumn> column_;
  std::vector<double> weights_;
  double total_ = 0;
};

/// @throws InputError always: every weight is 0.
[[noreturn]] void refuse_no_weight(const std::filesystem::path& path, const WeightColumn& column);

/// The weights of a table, row by row, for a reader that takes other columns otherwise.
class WeightStream {
 public:
  /// @throws InputError as open_columns
  WeightStream(const std::filesystem::path& path, const std::optional<WeightColumn>& column);
  /// Goes to the next row; there must be one.
  void next() {
    if (stream_ && ++row_ >= rows_) next_batch();
  }
  void add(ContingencyTable& table, std::size_t cell) const { weighting_.add(table, cell, row_); }

 private:
  void next_batch();

  Weighting weighting_;
  std::unique_ptr<ColumnStream> stream_;  ///< Null without a column.
  std::size_t row_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace af::audit
