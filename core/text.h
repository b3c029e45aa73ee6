#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace af {

/// "a, b and c".
[[nodiscard]] std::string listed(std::span<const std::string> words);
/// The candidate with the smallest edit distance to `word`, if it is near enough to be meant.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);
/// " (did you mean 'x'?)", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string> candidates);
/// The first few of many words, each short and printable: "a, b, c and 40 more".
[[nodiscard]] std::string listed_some(std::span<const std::string> words);
/// Text that is safe and short enough for a sentence: control characters and bytes that are no
/// UTF-8 as \xNN, and "..." for what is beyond `most` bytes.
[[nodiscard]] std::string printable(std::string_view text,
                                    std::size_t most = std::string_view::npos);
/// ASCII's capitals made small, all else as it is.
[[nodiscard]] std::string lower_case(std::string_view text);
/// Bytes with a decimal unit, three digits: "16.4 GB".
[[nodiscard]] std::string human_bytes(double bytes);
/// A CSV field after RFC 4180: quoted if it holds a comma, a quote or a line break.
[[nodiscard]] std::string csv_field(std::string_view value);

}  // namespace af
