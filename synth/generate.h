#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "core/progress.h"
#include "core/shard.h"
#include "synth/replay.h"
#include "synth/row_source.h"

namespace af::synth {

/// What columns a file has.
enum class Layout {
  kColumns,  ///< A typed one for each attribute (synth/row_columns.h).
  kSynbols,  ///< Those that the package Synbols reads (synth/synbols_columns.h).
};
constexpr auto enum_names(Layout) {
  return std::array{std::pair{Layout::kColumns, "columns"}, std::pair{Layout::kSynbols, "synbols"}};
}

/// File attribute: the layout, unless it is that of columns.
inline constexpr const char* kLayoutAttribute = "layout";

struct WriteOptions {
  int threads = 1;  ///< Changes no byte of the file.
  bool overwrite = false;
  int gzip_level = 0;  ///< 0: not compressed; 1..9.
  Layout layout = Layout::kColumns;
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
