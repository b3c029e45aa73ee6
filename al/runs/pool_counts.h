#pragma once

#include <string>

#include "al/images/image_table.h"

namespace af::al {

/// Text of pool.csv: how many rows of the pool each pair of class and group has, empty ones too, so
/// that a labelled set can be compared with its pool wherever the pool itself is. Columns are the
/// target, the group, `rows`; pairs are in the order of the vocabularies.
[[nodiscard]] std::string pool_counts_text(const ImageTable& pool);

}  // namespace af::al
