#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace af::audit {

/// The texts of one column in one batch of rows; valid until the next batch is read.
class ColumnTexts {
 public:
  ColumnTexts(const std::int32_t* offsets, const char* bytes) : offsets_(offsets), bytes_(bytes) {}
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    const std::int32_t begin = offsets_[row];
    return {bytes_ + begin, static_cast<std::size_t>(offsets_[row + 1] - begin)};
  }

 private:
  const std::int32_t* offsets_;
  const char* bytes_;
};

/// Chosen columns of a table, batch by batch as text; memory does not grow with the table. A value
/// that is missing is the empty text.
class ColumnStream {
 public:
  ColumnStream() = default;
  virtual ~ColumnStream() = default;
  ColumnStream(const ColumnStream&) = delete;
  ColumnStream& operator=(const ColumnStream&) = delete;
  ColumnStream(ColumnStream&&) = default;
  ColumnStream& operator=(ColumnStream&&) = default;

  /// Goes to the next batch; false after the last.
  [[nodiscard]] virtual bool next() = 0;
  [[nodiscard]] virtual std::size_t rows() const noexcept = 0;  ///< Of the batch.
  [[nodiscard]] virtual ColumnTexts texts(std::size_t column) const = 0;
  /// Where a row of the batch is, for messages: "FILE, line 12" or "FILE, row 11".
  [[nodiscard]] virtual std::string place(std::size_t row) const = 0;
};

enum class TableKind { kCsv, kParquet, kArrow, kHdf5 };

/// What a file is, by its first bytes; what is nothing else is CSV.
[[nodiscard]] TableKind table_kind(const std::filesystem::path& path);

/// Opens a CSV, Parquet, Arrow IPC (file or stream) or HDF5 file.
/// @throws InputError if it is missing or damaged, or lacks a column (the nearest is offered).
[[nodiscard]] std::unique_ptr<ColumnStream> open_columns(const std::filesystem::path& path,
                                                         const std::vector<std::string>& columns);

}  // namespace af::audit
