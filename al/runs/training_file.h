#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "al/images/image_table.h"

/// What the trainings of one heuristic and seed came to beside the weights. Both files have the
/// step first in each line, steps in order.
namespace af::al {

/// training.csv, a line a step: the batch size that it ended with, less than the configured one
/// where the device's memory did not hold that; and how many rows an epoch took, counted as often
/// as it took them.
inline constexpr const char* kTrainingHeader = "step,batch_size,rows_per_epoch";
[[nodiscard]] std::string training_line(std::int64_t step, std::int64_t batch_size,
                                        std::int64_t rows_per_epoch);

/// kept.csv, of a method that picks among the labelled rows: `step,row,TARGET,GROUP`, a line for
/// each row of the training file that a step trained on.
[[nodiscard]] std::string kept_header(const ImageTable& train);
[[nodiscard]] std::vector<std::string> kept_lines(std::int64_t step,
                                                  std::span<const std::int64_t> rows,
                                                  const ImageTable& train);

/// The lines of either file that are about steps below `steps`, without the header.
/// @throws InputError that names file and line if the header is another, a line is out of order, or
///         one of these steps has none.
[[nodiscard]] std::vector<std::string> read_step_lines(const std::filesystem::path& path,
                                                       const std::string& header,
                                                       std::int64_t steps);

}  // namespace af::al
