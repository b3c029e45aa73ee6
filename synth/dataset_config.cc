#include "synth/dataset_config.h"

#include <fmt/format.h>

#include <set>
#include <string_view>

#include "core/errors.h"
#include "core/text.h"
#include "fonts/characters.h"
#include "synth/palette.h"

namespace af::synth {
namespace {

constexpr std::int64_t kMostRows = 1'000'000'000;
constexpr std::int64_t kLeastSize = 8;
constexpr std::int64_t kMostSize = 512;
constexpr std::int64_t kMostOcclusions = 20;
constexpr double kMostOcclusionScale = 2.0;
constexpr double kBytesPerPixel = 4.0;  // Three of the image, one of the mask.

template <class T>
void check_range(std::string_view field, T value, T low, T high) {
  if (value >= low && value <= high) return;  // Not a number is refused, too.
  throw ConfigError(fmt::format("{} is {}; expected {} to {}", field, value, low, high));
}

void check_rows(std::int64_t n, std::int64_t size) {
  if (n > kMostRows) {
    const double side = static_cast<double>(size);
    throw ConfigError(
        fmt::format("n is {}, for which {} would be needed; expected at most {}", n,
                    human_bytes(static_cast<double>(n) * side * side * kBytesPerPixel), kMostRows));
  }
  check_range<std::int64_t>("n", n, 1, kMostRows);
}

void check_list(std::string_view field, const std::vector<std::string>& values) {
  if (values.empty()) throw ConfigError(fmt::format("{} is empty; expected at least one", field));
  std::set<std::string_view> seen;
  for (const std::string& value : values) {
    if (seen.insert(value).second) continue;
    throw ConfigError(fmt::format("{} holds '{}' twice; expected each once", field, value));
  }
}

}  // namespace

void DatasetConfig::validate() const {
  check_range("p", p, 0.0, 1.0);
  check_range("size", size, kLeastSize, kMostSize);
  check_rows(n, size);
  check_range<std::int64_t>("seed", seed, 0, INT64_MAX);
  check_range<std::int64_t>("occlusions", occlusions, 0, kMostOcclusions);
  if (!(occlusion_scale > 0.0 && occlusion_scale <= kMostOcclusionScale)) {
    throw ConfigError(fmt::format("occlusion-scale is {}; expected more than 0 and at most {}",
                                  occlusion_scale, kMostOcclusionScale));
  }
  check_range("noise", noise, 0.0, 1.0);
  check_list("chars", chars);
  check_list("colors", colors);
  check_list("fonts", fonts);
  for (const std::string& text : chars) {
    if (af::fonts::code_point(text)) continue;
    throw ConfigError(fmt::format("chars holds '{}'; expected single characters", text));
  }
  for (const std::string& name : colors) {
    if (named_color(name)) continue;
    throw ConfigError(fmt::format("colors holds '{}'{}; expected names of CSS: {}", name,
                                  did_you_mean(name, color_names()), listed(color_names())));
  }
  bias().validate();
}

}  // namespace af::synth
