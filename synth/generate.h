#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/progress.h"
#include "core/shard.h"
#include "synth/replay.h"
#include "synth/row_source.h"

namespace af::synth {

struct WriteOptions {
  int threads = 1;  ///< Changes no byte of the file.
  bool overwrite = false;
  int gzip_level = 0;          ///< 0: not compressed; 1..9.
  std::optional<Shard> shard;  ///< Only these rows; the file says which they are.
  Progress* progress = nullptr;
};

/// Rows that will be written. @throws ConfigError if the shard has none.
[[nodiscard]] std::uint64_t rows_to_write(const RowSource& source, const WriteOptions& options);

/// Draws every row, or those of a shard, and writes the data set file. Memory does not grow with
/// the rows.
/// @throws OutputError, InputError, ConfigError
void write_dataset(const RowSource& source, const std::filesystem::path& path,
                   const WriteOptions& options);

/// Draws one row alone: the same bytes as in the whole data set.
[[nodiscard]] Sample draw_sample(const RowSource& source, std::uint64_t row);

}  // namespace af::synth
