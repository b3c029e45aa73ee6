#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/dataset_reader.h"
#include "core/shard.h"

namespace af {

/// A file that holds one part of a data set.
struct DatasetPart {
  std::filesystem::path path;
  Shard shard;
  std::uint64_t first_row = 0;  ///< Of the whole.
  std::uint64_t rows = 0;
};

/// All parts of a data set, in the order of their rows, and what they have in common.
struct DatasetParts {
  std::vector<DatasetPart> parts;
  std::uint64_t rows = 0;       ///< Of the whole.
  std::vector<Column> columns;  ///< In the order in which they lie in the files.
  Attributes attributes;        ///< Without those of a part and `complete`.
};

/// Which part of a data set a file is. @throws InputError if it says it is none, or has other rows
/// than it says.
[[nodiscard]] DatasetPart part_of(const DatasetReader& file);

/// Looks at files that should be all parts of one data set, in any order.
/// @throws InputError that names file and cause: no part, damaged, made by another program or from
///         another configuration than the first one; a part that is there twice, or missing.
[[nodiscard]] DatasetParts collect_parts(std::span<const std::filesystem::path> paths);

}  // namespace af
