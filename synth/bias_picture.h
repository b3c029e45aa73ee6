#pragma once

#include <filesystem>

#include "synth/verify.h"

namespace af::synth {

/// Draws the table of the tied factors as PNG: a column for each level of the last factor, a row
/// for each combination of the others (at most 60 of each; a line says how many there are). A cell
/// is the darker the larger its share of its row, P(last | others), and says the realised share,
/// the configured one in brackets, and its count.
/// @throws OutputError
void write_bias_picture(const RealisedBias& bias, const std::filesystem::path& picture,
                        bool overwrite);

}  // namespace af::synth
