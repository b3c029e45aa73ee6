#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace af::fonts {

/// The one code point that `text` holds in UTF-8; empty if it holds none, several, or is no UTF-8.
[[nodiscard]] std::optional<char32_t> code_point(std::string_view text);

/// The code points of a text in UTF-8. @throws InputError if it is no UTF-8.
[[nodiscard]] std::u32string code_points(std::string_view text);

/// A code point in UTF-8.
[[nodiscard]] std::string to_utf8(char32_t character);

/// How a message names a character: "'a' (U+0061)".
[[nodiscard]] std::string named(char32_t character);

}  // namespace af::fonts
