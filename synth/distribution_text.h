#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// What the text forms of distributions are read from (synth/distribution.h).
namespace af::synth::notation {

inline constexpr const char* kCategorical = "categorical";

/// Without blanks at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A finite number; empty if the text is anything else.
[[nodiscard]] std::optional<double> number(std::string_view text);

/// "name(a, b)" in its parts.
struct Call {
  std::string_view name;
  std::vector<std::string_view> arguments;
};
/// Empty if the text is none.
[[nodiscard]] std::optional<Call> call(std::string_view text);

/// "value: weight", or a value of weight 1.
struct Weighted {
  std::string_view value;
  double weight;
};
/// The values of a categorical distribution. @throws ConfigError that quotes `whole`
[[nodiscard]] std::vector<Weighted> weighted(std::string_view whole,
                                             const std::vector<std::string_view>& parts);

/// @throws ConfigError "'whole' is no distribution; expected ..."
[[noreturn]] void refuse(std::string_view whole, std::string_view expected);

}  // namespace af::synth::notation
