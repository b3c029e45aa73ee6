#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/dataset.h"

namespace af {

/// What a file must be for a reader to take it.
enum class FileKind {
  kContract,  ///< Written by this project: schema version known and marked `complete`.
  kAnyHdf5,   ///< Any HDF5 file; its data sets at the root that have a type named above.
};

/// Reads a data set file. Columns are read whole or in ranges of rows. Not thread-safe.
class DatasetReader {
 public:
  /// @param wanted  Columns that the caller will read. If it names any, data sets with another
  ///                number of rows than these are passed over; else they are an error.
  /// @throws InputError if the file is missing, no HDF5, truncated, not `complete` or of another
  ///         schema, or its columns differ in rows; the sentence says which.
  explicit DatasetReader(const std::filesystem::path& path, FileKind kind = FileKind::kContract,
                         const std::vector<std::string>& wanted = {});
  ~DatasetReader();
  DatasetReader(DatasetReader&&) noexcept;
  DatasetReader& operator=(DatasetReader&&) noexcept;

  [[nodiscard]] std::uint64_t rows() const noexcept;
  [[nodiscard]] const std::vector<Column>& columns() const noexcept;
  [[nodiscard]] const Attributes& attributes() const noexcept;
  [[nodiscard]] const std::filesystem::path& path() const noexcept;
  /// The files that the rows lie in, if this one only refers to them; else none.
  [[nodiscard]] const std::vector<std::filesystem::path>& parts() const noexcept;
  [[nodiscard]] bool has(std::string_view column) const noexcept;
  /// @throws InputError that names the columns there are.
  [[nodiscard]] const Column& column(std::string_view name) const;
  /// Like `column`, but it must be an enum with one element a row. @throws InputError
  [[nodiscard]] const Column& categorical(std::string_view name) const;
  /// Whether that name has one text a row. Those of variable length are no `Column`, since they
  /// have no element's size, and are only read whole.
  [[nodiscard]] bool has_texts(std::string_view name) const noexcept;
  /// One text a row. @throws InputError
  [[nodiscard]] std::vector<std::string> read_texts(std::string_view name) const;
  /// A text attribute. @throws InputError if the file has none of that name.
  [[nodiscard]] const std::string& text_attribute(std::string_view name) const;

  /// Reads rows [first, first + count) into `out`, exactly count * item_bytes() long.
  void read(std::string_view column, std::uint64_t first, std::uint64_t count,
            std::span<std::byte> out) const;
  /// All rows of a column; T must be its element's type (std::uint16_t for enums).
  template <class T>
  [[nodiscard]] std::vector<T> read_all(std::string_view name) const {
    const Column& found = column(name);
    check_element_size(found, sizeof(T));
    std::vector<T> values(rows() * found.item_elements());
    read(name, 0, rows(), std::as_writable_bytes(std::span(values)));
    return values;
  }

 private:
  void check_element_size(const Column& column, std::size_t bytes) const;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace af
