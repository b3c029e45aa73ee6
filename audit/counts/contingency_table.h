#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/counts/row_weights.h"
#include "audit/counts/weighted_rows.h"

namespace af::audit {

/// A categorical column: its name and the values that it can take.
struct Factor {
  std::string name;
  std::vector<std::string> values;

  bool operator==(const Factor&) const = default;
};

/// Counts of rows for every combination of the factors' values, the empty combinations too. Rows
/// may have weights: then all of them have. Cells are numbered with the last factor running
/// fastest.
class ContingencyTable {
 public:
  static constexpr std::size_t kMaxCells = 1'000'000;

  /// All counts 0. @throws InputError if there would be more than kMaxCells cells.
  explicit ContingencyTable(std::vector<Factor> factors);

  [[nodiscard]] const std::vector<Factor>& factors() const noexcept { return factors_; }
  [[nodiscard]] std::size_t cells() const noexcept { return counts_.size(); }
  [[nodiscard]] std::uint64_t count(std::size_t cell) const { return counts_[cell]; }
  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  void add(std::size_t cell, std::uint64_t rows = 1) {
    counts_[cell] += rows;
    total_ += rows;
  }

  /// Adds one row with a weight above 0.
  void add_weighted(std::size_t cell, double weight);
  [[nodiscard]] bool weighted() const noexcept { return weights_.has_value(); }
  [[nodiscard]] WeightedRows rows(std::size_t cell) const {
    return weights_ ? weights_->of(cell) : WeightedRows(counts_[cell]);
  }
  [[nodiscard]] WeightedRows all_rows() const;
  /// Every row's weight; null without weights.
  [[nodiscard]] const RowWeights* weights() const noexcept {
    return weights_ ? &*weights_ : nullptr;
  }
  /// [cells] What the cells weigh, as whole numbers in proportion: the counts without weights, else
  /// in units of 2^-52 of the weight of all rows, which is as fine as a double tells shares.
  [[nodiscard]] std::vector<std::uint64_t> proportions() const;

  /// @param codes  One position in `values` for each factor.
  [[nodiscard]] std::size_t cell(std::span<const std::size_t> codes) const;
  [[nodiscard]] std::vector<std::size_t> codes(std::size_t cell) const;
  /// How many cells lie between two neighbouring values of a factor.
  [[nodiscard]] std::size_t stride(std::size_t factor) const { return strides_[factor]; }

  /// Sums over the factors that are not in `kept`; the result's factors are in `kept`'s order.
  [[nodiscard]] ContingencyTable marginal(std::span<const std::size_t> kept) const;

  /// The same counts over factors whose values include the present ones, in any order.
  [[nodiscard]] ContingencyTable recoded(std::vector<Factor> factors) const;

  /// "char=a, color=blue".
  [[nodiscard]] std::string cell_name(std::size_t cell) const;

  /// The cells of one value of the first factor, without that factor.
  [[nodiscard]] ContingencyTable slice(std::size_t value) const;

  /// Same factors and counts; weights are not looked at.
  bool operator==(const ContingencyTable& other) const {
    return factors_ == other.factors_ && counts_ == other.counts_;
  }

 private:
  [[nodiscard]] ContingencyTable moved(std::vector<Factor> factors,
                                       std::span<const std::size_t> to) const;

  std::vector<Factor> factors_;
  std::vector<std::size_t> strides_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
  std::optional<RowWeights> weights_;
};

/// The values of a cell without the factors' names: "a, blue".
[[nodiscard]] std::string cell_values(const ContingencyTable& table, std::size_t cell);

/// The factors' names: "char, color".
[[nodiscard]] std::string factor_names(std::span<const Factor> factors);

/// Puts values into the order people expect: by number if all are numbers, else by bytes.
void sort_values(std::vector<std::string>& values);

/// The finite number that all of `text` spells; empty if it spells none.
[[nodiscard]] std::optional<double> as_number(std::string_view text);

}  // namespace af::audit
