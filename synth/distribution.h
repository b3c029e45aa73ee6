#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/random.h"

namespace af::synth {

/// Distribution of a factor that is a number. Its text form, which parses to an equal one:
///
///   0.5                        always that
///   uniform(-0.9, 0.9)         uniform on [-0.9, 0.9)
///   integers(3, 9)             3, 4, ... 9, equally frequent
///   normal(0, 0.3)             mean and standard deviation
///   lognormal(0.6, 0.2)        median m and sigma s: m e^(s z), z standard normal
///   categorical(0: 9, 0.3: 1)  values and their weights; a weight left out is 1
class Distribution {
 public:
  enum class Kind { kConstant, kUniform, kIntegers, kNormal, kLognormal, kCategorical };

  Distribution(double constant = 0.0) : first_(constant) {}  // NOLINT: a number is one.
  /// @throws ConfigError that says what is expected instead: no such form, or parameters that no
  ///         distribution has (a negative deviation, an empty interval, weights without a sum).
  [[nodiscard]] static Distribution parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  /// A constant takes no draw from the stream; values and whole numbers of equal weight take one
  /// of 32 bits, anything else one of 64.
  [[nodiscard]] double operator()(Stream& stream) const;

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  /// The lowest and highest value; infinite for a normal's, 0 and infinite for a lognormal's.
  [[nodiscard]] std::pair<double, double> support() const;
  /// The values that have a chance, if they are listed: a constant, or a categorical's; else empty.
  [[nodiscard]] std::vector<double> values() const;
  /// The least value v with P(a draw <= v) > p: a share p of the draws lies below it, or less where
  /// values have a chance of their own.
  /// @param p  In (0, 1).
  [[nodiscard]] double quantile(double p) const;
  /// True if every value is whole.
  [[nodiscard]] bool whole() const;
  bool operator==(const Distribution&) const = default;

 private:
  void check() const;

  Kind kind_ = Kind::kConstant;
  double first_ = 0.0;  ///< Value, lower end, mean or median.
  double second_ = 0.0;
  std::vector<std::pair<double, double>> weighted_;  ///< Values with their weights.
};

/// Distribution of a factor that has named levels: one name, or "categorical(linear: 1, radial:
/// 1)".
class Choice {
 public:
  struct Level {
    std::string name;
    double weight = 1.0;
    bool operator==(const Level&) const = default;
  };

  Choice(const char* only) : levels_{{only, 1.0}} {}  // NOLINT: a name is one.
  explicit Choice(std::vector<Level> levels);
  /// @throws ConfigError
  [[nodiscard]] static Choice parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  /// Position of the level drawn. One level takes no draw, equal weights take 32 bits, others 64.
  [[nodiscard]] std::size_t operator()(Stream& stream) const;

  [[nodiscard]] const std::vector<Level>& levels() const noexcept { return levels_; }
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool allows(std::string_view name) const;
  bool operator==(const Choice&) const = default;

 private:
  std::vector<Level> levels_;
};

}  // namespace af::synth
