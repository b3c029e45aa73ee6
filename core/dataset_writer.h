#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "core/dataset.h"

namespace af {

struct DatasetWriterOptions {
  bool overwrite = false;  ///< Replace an existing file; else it is an error.
  int gzip_level = 0;      ///< 0: no filter, contiguous storage; 1..9: gzip.
};

/// Writes a data set file row block by row block. The file is NAME.part until `close()` has
/// flushed, marked it `complete`, synced and renamed it; a destructor without `close()` discards
/// the `.part` file. Not thread-safe.
class DatasetWriter {
 public:
  /// @param rows  N: exactly so many must be appended before `close()`.
  /// @throws OutputError if the file exists (without `overwrite`), its folder does not or cannot
  ///         be written, or the file system lacks the room.
  DatasetWriter(const std::filesystem::path& path, std::vector<Column> columns, std::uint64_t rows,
                const Attributes& attributes, DatasetWriterOptions options = {});
  ~DatasetWriter();
  DatasetWriter(const DatasetWriter&) = delete;
  DatasetWriter& operator=(const DatasetWriter&) = delete;

  /// Appends the block's filled rows. @throws OutputError if the disk refuses.
  void append(const RowBlock& block);
  /// Completes the file and gives it its name. @throws OutputError
  void close();

  [[nodiscard]] const std::vector<Column>& columns() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Rows that are best appended at once. Compressed files are equal byte for byte only if their rows
/// were appended in equal blocks: so all are appended in blocks of this size.
[[nodiscard]] std::uint64_t block_rows(std::span<const Column> columns);

/// Bytes that N rows of these columns take, without HDF5's own few kilobytes.
[[nodiscard]] double dataset_bytes(std::span<const Column> columns, std::uint64_t rows);

}  // namespace af
