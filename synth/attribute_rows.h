#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "synth/row_source.h"

namespace af::synth {

/// Rows given one by one: JSON lines, an object each. A symbol has `char`, `font_file` (found among
/// the installed fonts by its name) or else `font_family`, `is_bold`, `is_slant`, `scale`,
/// `rotation` (radians), `translation` and `foreground`; a row has one symbol's fields itself or a
/// list `symbols` in drawing order, and `background`, `inverse_color`, `max_contrast`, `is_gray`,
/// `resolution`, `pixel_noise_scale` and, if it likes, `noise_key`. A pattern is
///   {"type": "none"}, {"type": "solid", "rgb": [r, g, b]},
///   {"type": "linear" | "radial", "points": [...], "stops": [[position, r, g, b, a], ...]} or
///   {"type": "multi", "layers": [...]} of gradients (backgrounds only),
///   {"type": "camouflage", "strokes": [{"from": [x, y], "to": [x, y], "width": w,
///    "rgba": [r, g, b, a]}, ...]}, each stroke of which the file keeps as it is given, or
///   {"type": "camouflage", "length", "width", "angle", "noise", "count", "key"}, of which it keeps
///   these six (synth/stroke.h).
/// @param seed  Gives noise to rows that have a scale but no key.
/// @param font_folders  Of further fonts.
/// @throws InputError that names file and line: no JSON, a field missing or out of its range, a
///         font not installed or without the character, a resolution or number of channels other
///         than the first row's.
[[nodiscard]] RowSource listed_rows(const std::filesystem::path& file, std::int64_t seed,
                                    std::span<const std::string> font_folders = {});

}  // namespace af::synth
