#include "synth/palette.h"

#include <algorithm>
#include <array>
#include <cstdint>

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
  if (found == kColors.end()) return std::nullopt;
  const auto part = [&](int shift) { return (found->rgb >> shift & 0xFFU) / 255.0; };
  return Rgb{part(16), part(8), part(0)};
}

std::vector<std::string> color_names() {
  std::vector<std::string> names;
  for (const NamedColor& color : kColors) names.emplace_back(color.name);
  return names;
}

}  // namespace af::synth
