#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace af::fonts {

/// The one code point that `text` holds in UTF-8; empty if it holds none, several, or is no UTF-8.
[[nodiscard]] std::optional<char32_t> code_point(std::string_view text);

/// How a message names a character: "'a' (U+0061)".
[[nodiscard]] std::string named(char32_t character);

}  // namespace af::fonts
