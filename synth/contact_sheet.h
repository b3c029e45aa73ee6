#pragma once

#include <filesystem>

#include "core/dataset_reader.h"

namespace af::synth {

/// Writes a picture of the data set's first images as PNG: a row of them for each character and
/// colour, with its count and share, so that the bias is seen. Data sets without colours have a row
/// for each character. Of more than 100 such rows only those that have images, at most 100.
/// @throws InputError if the file has no images or characters.
/// @throws OutputError if the picture is there (without `overwrite`) or cannot be written.
void write_contact_sheet(const DatasetReader& file, const std::filesystem::path& picture,
                         bool overwrite);

}  // namespace af::synth
