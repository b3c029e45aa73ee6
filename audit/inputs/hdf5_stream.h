#pragma once

#include "audit/inputs/column_stream.h"
#include "core/dataset_reader.h"

namespace af::audit {

/// Columns at the root of any HDF5 file, one number, enum or text of fixed length a row. NaN is a
/// missing value.
class Hdf5Stream : public ColumnStream {
 public:
  /// @throws InputError if the file cannot be read, or a column is not there or has more than one
  ///         element a row.
  Hdf5Stream(const std::filesystem::path& path, const std::vector<std::string>& columns);

  [[nodiscard]] bool next() override;
  [[nodiscard]] std::size_t rows() const noexcept override { return count_; }
  [[nodiscard]] ColumnTexts texts(std::size_t column) const override;
  [[nodiscard]] std::string place(std::size_t row) const override;

 private:
  struct Text {
    std::vector<std::int32_t> offsets;
    std::string bytes;
  };
  void read(std::size_t column);

  DatasetReader reader_;
  std::vector<const Column*> columns_;
  std::vector<Text> texts_;
  std::vector<std::byte> raw_;
  std::uint64_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace af::audit
