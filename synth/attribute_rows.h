#pragma once

#include "synth/listed_config.h"
#include "synth/row_source.h"

namespace af::synth {

/// Rows given one by one: JSON lines, an object each; a CSV file (`.csv`, synth/csv_rows.h), a row
/// each; the columns of another data set; or its texts, if it is in Synbols' layout. A symbol has
/// `char`, `font_file` (found among the installed fonts by its name) or else `font_family`,
/// `is_bold`, `is_slant`, `scale`, `rotation` (radians), `translation` and `foreground`; a row has
/// one symbol's fields itself or a list `symbols` in drawing order, and `background`,
/// `inverse_color`, `max_contrast`, `is_gray`, `resolution`, `pixel_noise_scale` and, if it likes,
/// `noise_key`, `split` and `color`, which is what the first symbol is painted with if it has no
/// foreground. Names of a data set's columns
/// (`font`, `bold`, `slant`, `inverse`, `noise_scale`) and `size` and `grey` will do as well.
/// A pattern is
///   {"type": "none"}, {"type": "solid", "rgb": [r, g, b]}, the name of a color,
///   {"type": "linear" | "radial", "points": [...], "stops": [[position, r, g, b, a], ...]} or
///   {"type": "multi", "layers": [...]} of gradients (backgrounds only),
///   {"type": "camouflage", "strokes": [{"from": [x, y], "to": [x, y], "width": w,
///    "rgba": [r, g, b, a]}, ...]}, each stroke of which the file keeps as it is given,
///   {"type": "camouflage", "length", "width", "angle", "noise", "count", "key"}, of which it keeps
///   these six (synth/stroke.h), or
///   {"type": "image", "file": name, "crop": [left, top, right, bottom]}, a picture of
///   `config.images` and the part of it that is shown, each side in [0, 1].
/// Then `config.swap` and `config.replace` change the rows (synth/row_changes.h).
/// @throws InputError that names file and line: no JSON, a field missing or out of its range, a
///         font not installed or without the character, a resolution or number of channels other
///         than the first row's; or that the file's SHA-256 is another than the expected one.
/// @throws ConfigError if a change cannot be made.
[[nodiscard]] RowSource listed_rows(const ListedConfig& config);

}  // namespace af::synth
