#pragma once

#include <filesystem>

namespace af::test {

/// A table of 6 rows as Parquet, Arrow IPC or HDF5: y (integer), p (boolean; integer in HDF5),
/// color (dictionary of red, blue and a null; enum without the null in HDF5), age (double with a
/// null or NaN), list (a list a row; two elements in HDF5).
void write_parquet_table(const std::filesystem::path& path);
void write_arrow_table(const std::filesystem::path& path, bool stream);
void write_hdf5_table(const std::filesystem::path& path);

}  // namespace af::test
