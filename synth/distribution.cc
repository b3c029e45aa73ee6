#include "synth/distribution.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "core/portable_math.h"
#include "synth/distribution_text.h"

namespace af::synth {
namespace {

using Kind = Distribution::Kind;
using notation::call;
using notation::kCategorical;
using notation::number;
using notation::refuse;
using notation::trimmed;
using notation::Weighted;
using notation::weighted;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kWidestSigma = 10.0;

struct Form {
  const char* name;
  Kind kind;
};
constexpr std::array kForms{Form{"uniform", Kind::kUniform}, Form{"integers", Kind::kIntegers},
                            Form{"normal", Kind::kNormal}, Form{"lognormal", Kind::kLognormal}};

/// Position of a level by weight; levels of equal weight take 32 bits of the stream, others 64.
template <class Weights>
std::size_t draw(const Weights& weights, std::size_t count, Stream& stream) {
  if (count == 1) return 0;
  double sum = 0.0;
  bool equal = true;
  for (std::size_t i = 0; i < count; ++i) {
    sum += weights(i);
    equal = equal && weights(i) == weights(0);
  }
  if (equal) return stream.below(static_cast<std::uint32_t>(count));
  const double at = stream.uniform() * sum;
  double passed = 0.0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    passed += weights(i);
    if (weights(i) > 0.0) last = i;
    if (at < passed) return i;
  }
  return last;  // Rounding left the sum a little below.
}

std::string weight_suffix(double weight) {
  return weight == 1.0 ? std::string() : fmt::format(": {}", weight);
}

}  // namespace

Distribution Distribution::parse(std::string_view text) {
  constexpr std::string_view kExpected =
      "a number, uniform(low, high), integers(low, high), normal(mean, deviation), "
      "lognormal(median, sigma) or categorical(value: weight, ...)";
  Distribution result;
  text = trimmed(text);
  if (const auto constant = number(text)) {
    result.first_ = *constant;
    return result;
  }
  const auto parts = call(text);
  if (!parts) refuse(text, kExpected);
  if (parts->name == kCategorical) {
    result.kind_ = Kind::kCategorical;
    for (const Weighted& level : weighted(text, parts->arguments)) {
      const auto value = number(level.value);
      if (!value) refuse(text, fmt::format("a number for '{}'", level.value));
      result.weighted_.emplace_back(*value, level.weight);
    }
    return result;
  }
  const auto* const form = std::ranges::find(kForms, parts->name, &Form::name);
  if (form == kForms.end()) refuse(text, kExpected);
  const auto& arguments = parts->arguments;
  const auto first = number(arguments[0]);
  const auto second = arguments.size() == 2 ? number(arguments[1]) : std::nullopt;
  if (!first || !second) refuse(text, fmt::format("two numbers for {}", form->name));
  result.kind_ = form->kind;
  result.first_ = *first;
  result.second_ = *second;
  result.check();
  return result;
}

void Distribution::check() const {
  switch (kind_) {
    case Kind::kUniform:
      if (second_ < first_) refuse(text(), "the lower end first");
      return;
    case Kind::kIntegers:
      if (second_ < first_) refuse(text(), "the lower end first");
      if (!whole() || std::abs(first_) > 1e6 || std::abs(second_) > 1e6) {
        refuse(text(), "two whole numbers of at most a million");
      }
      return;
    case Kind::kNormal:
      if (second_ < 0.0) refuse(text(), "a deviation of 0 or more");
      return;
    case Kind::kLognormal:
      if (!(first_ > 0.0)) refuse(text(), "a median above 0");
      if (second_ < 0.0 || second_ > kWidestSigma) {
        refuse(text(), fmt::format("a sigma from 0 to {}", kWidestSigma));
      }
      return;
    case Kind::kConstant:
    case Kind::kCategorical: return;
  }
}

std::string Distribution::text() const {
  if (kind_ == Kind::kConstant) return fmt::format("{}", first_);
  if (kind_ == Kind::kCategorical) {
    std::vector<std::string> parts;
    for (const auto& [value, weight] : weighted_) {
      parts.push_back(fmt::format("{}{}", value, weight_suffix(weight)));
    }
    return fmt::format("{}({})", kCategorical, fmt::join(parts, ", "));
  }
  const auto* const form = std::ranges::find(kForms, kind_, &Form::kind);
  return fmt::format("{}({}, {})", form->name, first_, second_);
}

double Distribution::operator()(Stream& stream) const {
  switch (kind_) {
    case Kind::kConstant: return first_;
    case Kind::kUniform: return stream.uniform(first_, second_);
    case Kind::kIntegers:
      return first_ + stream.below(static_cast<std::uint32_t>(second_ - first_) + 1);
    case Kind::kNormal: return first_ + second_ * stream.normal();
    case Kind::kLognormal: return first_ * portable::exp(second_ * stream.normal());
    case Kind::kCategorical: break;
  }
  const auto weight = [this](std::size_t i) { return weighted_[i].second; };
  return weighted_[draw(weight, weighted_.size(), stream)].first;
}

std::pair<double, double> Distribution::support() const {
  switch (kind_) {
    case Kind::kConstant: return {first_, first_};
    case Kind::kUniform:
    case Kind::kIntegers: return {first_, second_};
    case Kind::kNormal:
      return second_ > 0.0 ? std::pair{-kInfinity, kInfinity} : std::pair{first_, first_};
    case Kind::kLognormal:
      return second_ > 0.0 ? std::pair{0.0, kInfinity} : std::pair{first_, first_};
    case Kind::kCategorical: break;
  }
  const auto [low, high] = std::ranges::minmax_element(weighted_);
  return {low->first, high->first};
}

std::vector<double> Distribution::values() const {
  if (kind_ == Kind::kConstant) return {first_};
  std::vector<double> found;
  for (const auto& [value, weight] : weighted_) {
    if (weight > 0.0) found.push_back(value);
  }
  return found;
}

double Distribution::quantile(double p) const {
  switch (kind_) {
    case Kind::kConstant: return first_;
    case Kind::kUniform: return first_ + p * (second_ - first_);
    case Kind::kIntegers: return std::min(first_ + std::floor(p * (second_ - first_ + 1)), second_);
    case Kind::kNormal: return first_ + second_ * portable::normal_quantile(p);
    case Kind::kLognormal: return first_ * portable::exp(second_ * portable::normal_quantile(p));
    case Kind::kCategorical: break;
  }
  std::vector<std::pair<double, double>> sorted = weighted_;
  std::ranges::sort(sorted);
  double sum = 0.0;
  for (const auto& [value, weight] : sorted) sum += weight;
  double passed = 0.0;
  for (const auto& [value, weight] : sorted) {
    passed += weight;
    if (passed > p * sum) return value;
  }
  return sorted.back().first;
}

bool Distribution::whole() const {
  const auto is_whole = [](double value) { return value == std::floor(value); };
  if (kind_ == Kind::kConstant) return is_whole(first_);
  if (kind_ == Kind::kIntegers) return is_whole(first_) && is_whole(second_);
  return kind_ == Kind::kCategorical &&
         std::ranges::all_of(weighted_, [&](const auto& w) { return is_whole(w.first); });
}

Choice::Choice(std::vector<Level> levels) : levels_(std::move(levels)) {}

Choice Choice::parse(std::string_view text) {
  text = trimmed(text);
  const auto parts = call(text);
  if (!parts) {
    if (text.empty()) refuse(text, "a name or categorical(name: weight, ...)");
    return Choice({{std::string(text), 1.0}});
  }
  if (parts->name != kCategorical) refuse(text, "a name or categorical(name: weight, ...)");
  std::vector<Level> levels;
  for (const Weighted& level : weighted(text, parts->arguments)) {
    levels.push_back({std::string(level.value), level.weight});
  }
  return Choice(std::move(levels));
}

std::string Choice::text() const {
  if (levels_.size() == 1) return levels_.front().name;
  std::vector<std::string> parts;
  for (const Level& level : levels_) parts.push_back(level.name + weight_suffix(level.weight));
  return fmt::format("{}({})", kCategorical, fmt::join(parts, ", "));
}

std::size_t Choice::operator()(Stream& stream) const {
  const auto weight = [this](std::size_t i) { return levels_[i].weight; };
  return draw(weight, levels_.size(), stream);
}

std::vector<std::string> Choice::names() const {
  std::vector<std::string> names;
  for (const Level& level : levels_) names.push_back(level.name);
  return names;
}

bool Choice::allows(std::string_view name) const {
  return std::ranges::any_of(
      levels_, [&](const Level& level) { return level.name == name && level.weight > 0.0; });
}

}  // namespace af::synth
