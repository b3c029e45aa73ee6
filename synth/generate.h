#pragma once

#include <cstdint>
#include <filesystem>

#include "core/progress.h"
#include "synth/replay.h"
#include "synth/row_source.h"

namespace af::synth {

struct WriteOptions {
  int threads = 1;  ///< Changes no byte of the file.
  bool overwrite = false;
  Progress* progress = nullptr;
};

/// Draws every row and writes the data set file. Memory does not grow with the rows.
/// @throws OutputError, InputError
void write_dataset(const RowSource& source, const std::filesystem::path& path,
                   const WriteOptions& options);

/// Draws one row alone: the same bytes as in the whole data set.
[[nodiscard]] Sample draw_sample(const RowSource& source, std::uint64_t row);

}  // namespace af::synth
