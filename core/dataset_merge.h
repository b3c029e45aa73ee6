#pragma once

#include <filesystem>

#include "core/dataset.h"
#include "core/dataset_parts.h"
#include "core/progress.h"

namespace af {

/// The gzip level that a data set was written with, in [0, 9]; 0 if none is on record.
[[nodiscard]] int gzip_level_of(const Attributes& attributes);

/// Writes the rows of all parts into one file: byte for byte the one that a run without shards
/// would have written. Memory does not grow with the rows.
/// @throws OutputError if the output exists (without `overwrite`) or cannot be written.
/// @throws ConfigError if the output is one of the parts.
void copy_parts(const DatasetParts& all, const std::filesystem::path& path, bool overwrite,
                Progress* progress = nullptr);

/// Writes a file that only refers to the parts, relative to its own folder: an HDF5 virtual data
/// set. It is made at once; the parts must stay where they are, and readers need HDF5 1.10.
/// @throws OutputError, ConfigError as above, and ConfigError if there are more than 900 parts.
void refer_to_parts(const DatasetParts& all, const std::filesystem::path& path, bool overwrite);

}  // namespace af
