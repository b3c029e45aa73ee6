#include "synth/presets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/errors.h"
#include "core/text.h"
#include "synth/preset_texts.h"

namespace af::synth {
namespace {

constexpr std::string_view kComment = "# ";
constexpr std::string_view kNeeds = "# needs: ";

/// Lines of the comment at the beginning.
std::vector<std::string_view> comment(std::string_view toml) {
  std::vector<std::string_view> lines;
  while (toml.starts_with(kComment)) {
    const std::size_t end = toml.find('\n');
    lines.push_back(toml.substr(0, end));
    toml.remove_prefix(std::min(end + 1, toml.size()));
  }
  return lines;
}

}  // namespace

std::string Preset::about() const {
  std::vector<std::string_view> lines;
  for (const std::string_view line : comment(toml)) {
    if (!line.starts_with(kNeeds)) lines.push_back(line.substr(kComment.size()));
  }
  return fmt::format("{}", fmt::join(lines, " "));
}

std::string Preset::needs() const {
  for (const std::string_view line : comment(toml)) {
    if (line.starts_with(kNeeds)) return std::string(line.substr(kNeeds.size()));
  }
  return {};
}

std::span<const Preset> presets() { return kPresetTexts; }

const Preset& find_preset(std::string_view name) {
  const auto found = std::ranges::find(kPresetTexts, name, &Preset::name);
  if (found != std::end(kPresetTexts)) return *found;
  std::vector<std::string> names;
  for (const Preset& preset : kPresetTexts) names.emplace_back(preset.name);
  throw ConfigError(
      fmt::format("preset is '{}'{}; expected {}", name, did_you_mean(name, names), listed(names)));
}

}  // namespace af::synth
