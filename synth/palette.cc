#include "synth/palette.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace af::synth {
namespace {

struct NamedColor {
  std::string_view name;
  std::uint32_t rgb;  ///< 0xRRGGBB.
};

constexpr std::array kColors{
    NamedColor{"aqua", 0x00FFFF},      NamedColor{"black", 0x000000},
    NamedColor{"blue", 0x0000FF},      NamedColor{"brown", 0xA52A2A},
    NamedColor{"cyan", 0x00FFFF},      NamedColor{"fuchsia", 0xFF00FF},
    NamedColor{"gold", 0xFFD700},      NamedColor{"gray", 0x808080},
    NamedColor{"green", 0x008000},     NamedColor{"indigo", 0x4B0082},
    NamedColor{"lime", 0x00FF00},      NamedColor{"magenta", 0xFF00FF},
    NamedColor{"maroon", 0x800000},    NamedColor{"navy", 0x000080},
    NamedColor{"olive", 0x808000},     NamedColor{"orange", 0xFFA500},
    NamedColor{"pink", 0xFFC0CB},      NamedColor{"purple", 0x800080},
    NamedColor{"red", 0xFF0000},       NamedColor{"salmon", 0xFA8072},
    NamedColor{"silver", 0xC0C0C0},    NamedColor{"teal", 0x008080},
    NamedColor{"turquoise", 0x40E0D0}, NamedColor{"violet", 0xEE82EE},
    NamedColor{"white", 0xFFFFFF},     NamedColor{"yellow", 0xFFFF00},
};

}  // namespace

std::optional<Rgb> named_color(std::string_view name) {
  const auto found = std::ranges::find(kColors, name, &NamedColor::name);
  std::uint32_t rgb = 0;
  if (found != kColors.end()) {
    rgb = found->rgb;
  } else {
    if (name.size() != 7 || name.front() != '#') return std::nullopt;
    const char* const end = name.data() + name.size();
    const auto [read, error] = std::from_chars(name.data() + 1, end, rgb, 16);
    if (error != std::errc() || read != end) return std::nullopt;
  }
  const auto part = [&](int shift) { return (rgb >> shift & 0xFFU) / 255.0; };
  return Rgb{part(16), part(8), part(0)};
}

std::vector<std::string> color_names() {
  std::vector<std::string> names;
  names.reserve(kColors.size());
  for (const NamedColor& color : kColors) names.emplace_back(color.name);
  return names;
}

}  // namespace af::synth
