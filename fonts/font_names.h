#pragma once

#include <ft2build.h>
#include FT_FREETYPE_H

#include <string>
#include <string_view>

namespace af::fonts {

/// What a font's name table says of its licence (name IDs 13 and 14), as a short name where it is a
/// known one, else its beginning; empty if it says nothing.
[[nodiscard]] std::string licence_name(FT_Face face);

/// The same of a text: "OFL-1.1", "Apache-2.0", "GPL", ...
[[nodiscard]] std::string short_licence(std::string_view text);

}  // namespace af::fonts
