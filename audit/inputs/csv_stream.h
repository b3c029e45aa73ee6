#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/inputs/column_stream.h"

namespace af::audit {

using CsvTexts = ColumnTexts;

/// Reads chosen columns of a CSV file (RFC 4180, header in the first line, UTF-8) batch by batch
/// with Arrow; memory does not grow with the file. Every field is text.
class CsvStream : public ColumnStream {
 public:
  /// @throws InputError if the file is missing or no CSV, names a column twice, or lacks one of
  ///         `columns` (the nearest that it has is offered).
  CsvStream(std::filesystem::path path, std::vector<std::string> columns);
  ~CsvStream() override;
  CsvStream(CsvStream&&) noexcept;

  /// The names in a file's first line. @throws InputError if it is missing, empty, or a name
  /// comes twice.
  [[nodiscard]] static std::vector<std::string> header(const std::filesystem::path& path);

  /// Goes to the next batch; false after the last. A field that is empty is an error unless
  /// `allow_empty` was called for its column.
  /// @throws InputError for a row with too few or many fields, an empty field, or text that is
  ///         not UTF-8, with the line.
  [[nodiscard]] bool next() override;
  void allow_empty(std::string_view column);

  [[nodiscard]] std::size_t rows() const noexcept override;  ///< Of the batch.
  [[nodiscard]] CsvTexts texts(std::size_t column) const override;
  /// Where a row of the batch is, for messages: "FILE, line 12".
  [[nodiscard]] std::string place(std::size_t row) const override;

 private:
  void check_not_empty(std::size_t column) const;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace af::audit
