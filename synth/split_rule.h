#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace af::synth {

inline constexpr std::size_t kSplits = 3;  ///< train, val, test.

/// "factor op value": a part of a condition.
struct SplitTerm {
  enum class Op { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
  std::string factor;
  Op op = Op::kEqual;
  std::string value;
  bool operator==(const SplitTerm&) const = default;
};
/// Terms that must all hold.
using SplitConjunction = std::vector<SplitTerm>;

/// How rows come to be for training, validation or test. Its text form, which parses to an equal
/// one, with the shares of train, val and test, which sum to 1:
///
///   random(0.6, 0.2, 0.2)                  whatever they are
///   by(font: 0.6, 0.2, 0.2)                whole levels of a factor, dealt at random; of a number,
///                                          its range: the lowest to train, the highest to test
///   by(char, font: 0.6, 0.2, 0.2)          pairs: what is in train, val or test is how far apart
///                                          the two factors' own splits are
///   where(test: scale >= 0.7 & char = a | font = DejaVu Serif; val: bold = true)
///   where(test: scale >= 0.7; else: 0.8, 0.2, 0)
///
/// A condition is alternatives (|) of terms that all hold (&); a value with a sign of this notation
/// in it stands in double quotes. Rows of no condition are for training, or split as `else` says.
/// Source: `random`, and `by` of one and of two factors, are Synbols' random, stratified and
/// compositional splits.
class SplitRule {
 public:
  enum class Kind { kRandom, kBy, kWhere };
  static constexpr const char* kForm = "SPLIT";
  /// Synbols' default.
  static constexpr std::array<double, kSplits> kDefaultShares{0.6, 0.2, 0.2};

  SplitRule() = default;
  /// @throws ConfigError that says what is expected instead.
  [[nodiscard]] static SplitRule parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  /// Of train, val and test: of all rows, of the levels, or of the rows of no condition.
  [[nodiscard]] const std::array<double, kSplits>& shares() const noexcept { return shares_; }
  /// One or two, of `by`.
  [[nodiscard]] const std::vector<std::string>& factors() const noexcept { return factors_; }
  /// Alternatives of each split, of `where`.
  [[nodiscard]] const std::array<std::vector<SplitConjunction>, kSplits>& conditions()
      const noexcept {
    return conditions_;
  }
  bool operator==(const SplitRule&) const = default;

 private:
  Kind kind_ = Kind::kRandom;
  std::array<double, kSplits> shares_ = kDefaultShares;
  std::vector<std::string> factors_;
  std::array<std::vector<SplitConjunction>, kSplits> conditions_;
};

/// "scale >= 0.7 & char = a"
[[nodiscard]] std::string text_of(const SplitConjunction& terms);

}  // namespace af::synth
