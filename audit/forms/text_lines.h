#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text in the columns of a terminal.
namespace af::audit {

/// Columns that a terminal takes for UTF-8 text: none for marks that combine with the letter before
/// them, two for the letters and signs of East Asia. Source: Unicode's UAX 11, in broad ranges.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// What becomes of a word that is wider than a line.
enum class LongWords { kKept, kBroken };

/// Breaks text between words into lines of at most `width` columns; one line at least. A number
/// stays beside its "%".
/// @param words  Broken after an underscore or the like if there is one, else anywhere.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text, std::size_t width,
                                                LongWords words);

}  // namespace af::audit
