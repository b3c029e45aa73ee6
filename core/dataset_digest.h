#pragma once

#include <string>

#include "core/dataset_reader.h"

namespace af {

/// SHA-256 of what a data set holds: of its file, or, if that only refers to others, of a text of
/// the check sums of it and of each of them in the order of their rows, a line each. @throws
/// InputError
[[nodiscard]] std::string sha256_of_dataset(const DatasetReader& file);

}  // namespace af
