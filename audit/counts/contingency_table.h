#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace af::audit {

/// A categorical column: its name and the values that it can take.
struct Factor {
  std::string name;
  std::vector<std::string> values;

  bool operator==(const Factor&) const = default;
};

/// Counts of rows for every combination of the factors' values, the empty combinations too.
/// Cells are numbered with the last factor running fastest.
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

  bool operator==(const ContingencyTable&) const = default;

 private:
  std::vector<Factor> factors_;
  std::vector<std::size_t> strides_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
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
