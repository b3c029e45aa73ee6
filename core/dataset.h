#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/pages.h"

/// The data set contract: one HDF5 file whose every data set lies at the root and has N rows,
/// and whose vocabularies, palette and configuration are attributes of the file.
namespace af {

inline constexpr std::int64_t kSchemaVersion = 1;

enum class ElementType { kUint8, kUint16, kInt32, kInt64, kFloat32, kFloat64, kEnum, kText };

/// Bytes of one element; an enum is held as std::uint16_t, the position in its vocabulary. A text
/// has as many as its column says.
[[nodiscard]] std::size_t element_bytes(ElementType type);

/// One column: N rows of `item_shape` elements (empty shape: one element a row).
struct Column {
  std::string name;  ///< "split/random" lies in the group `split`.
  ElementType type = ElementType::kUint8;
  std::vector<std::uint64_t> item_shape;
  std::vector<std::string> vocabulary;  ///< Of an enum, in order of code; else empty.
  std::size_t text_bytes = 0;           ///< Of a text: UTF-8, zeros behind it; else 0.
  bool is_boolean = false;  ///< An enum of FALSE and TRUE that lies in a file as h5py's bool.

  [[nodiscard]] std::uint64_t item_elements() const;
  [[nodiscard]] std::size_t item_bytes() const;
  bool operator==(const Column&) const = default;
};

[[nodiscard]] std::vector<std::string> names_of(std::span<const Column> columns);

/// Value of a file attribute.
using Attribute =
    std::variant<std::int64_t, double, std::string, std::vector<std::string>, std::vector<double>>;
using Attributes = std::map<std::string, Attribute, std::less<>>;

/// File attribute: the columns' names in the order in which they were written. HDF5 lists them by
/// name, and where they lie says little.
inline constexpr const char* kColumnsAttribute = "columns";
/// File attribute of a compressed file: the level of gzip, 1..9.
inline constexpr const char* kGzipAttribute = "gzip_level";

/// Storage for up to `capacity` rows of a set of columns: what a writer takes at once. Takes memory
/// only where it is touched; a column begins at a page.
class RowBlock {
 public:
  RowBlock(std::span<const Column> columns, std::size_t capacity);

  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// Says how many of the rows are filled; at most the capacity.
  void set_rows(std::size_t rows);

  /// All bytes of column `column`, [capacity, item].
  [[nodiscard]] std::span<std::byte> bytes(std::size_t column) { return data_.at(column); }
  [[nodiscard]] std::span<const std::byte> bytes(std::size_t column) const {
    return data_.at(column);
  }
  /// The elements of one row. T must have the size of the column's element.
  template <class T>
  [[nodiscard]] std::span<T> item(std::size_t column, std::size_t row) {
    auto& all = data_.at(column);
    const std::size_t size = all.size() / capacity_;
    return {reinterpret_cast<T*>(all.data() + row * size), size / sizeof(T)};
  }

 private:
  std::size_t capacity_;
  std::size_t rows_ = 0;
  Pages pages_;
  std::vector<std::span<std::byte>> data_;  ///< Of the pages.
};

}  // namespace af
