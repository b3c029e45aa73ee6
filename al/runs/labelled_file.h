#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "al/images/image_table.h"

namespace af::al {

/// A row of the training file that was labelled.
struct LabelledRow {
  std::int64_t step = 0;  ///< 0: initial set; a test at step s has seen steps up to s.
  std::int64_t row = 0;
  std::optional<double> score;  ///< Of the heuristic; empty for the initial set.

  bool operator==(const LabelledRow&) const = default;
};

/// labelled.csv: `step,row,score,TARGET,GROUP`, a line for every labelled row in the order of
/// choice. Numbers are written so that they read back the same.
[[nodiscard]] std::string labelled_text(const std::vector<LabelledRow>& rows,
                                        const ImageTable& train);
/// @throws InputError that names file and line if the text is not what `labelled_text` writes for
///         rows of this file.
[[nodiscard]] std::vector<LabelledRow> read_labelled(const std::filesystem::path& path,
                                                     const ImageTable& train);

}  // namespace af::al
