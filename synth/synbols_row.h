#pragma once

#include <cstddef>
#include <string>

#include "synth/row.h"

namespace af::synth {

/// Writes a row's attributes as one JSON object in ASCII, under the names and in the types that
/// Synbols gives them: `resolution` [H, W], `pixel_noise_scale`, `seed` (of the noise),
/// `background` and, of each symbol, `alphabet` (null: it is not known), `char`, `font`, `is_bold`
/// and `is_slant` as "True" or "False", `scale`, `translation`, `rotation` (radians) and
/// `foreground`; those of the first symbol at the top, all of them in `symbols`. A pattern has its
/// `style`, the class in Synbols. Beside them stands what Synbols does not keep: `index`, `color`,
/// `inverse_color`, `max_contrast`, `is_gray`, a symbol's `font_file`, and what a pattern is made
/// of (synth/attribute_rows.h).
/// @param out  Is emptied first.
void write_synbols_row(const Row& row, const RowFormat& format, std::string& out);

/// Bytes that no row of a format exceeds.
[[nodiscard]] std::size_t synbols_row_bytes(const RowFormat& format);

}  // namespace af::synth
