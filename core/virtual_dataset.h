#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset_parts.h"
#include "core/hdf5_handle.h"

/// HDF5 virtual data sets: files whose columns lie in other files.
namespace af::hdf5 {

/// Writes a data set file that refers to the parts, relative to its own folder.
/// @throws OutputError
void write_virtual(const DatasetParts& parts, const std::filesystem::path& path, bool overwrite);

/// The files that a column lies in, in the order of its rows; empty if it lies in its own file.
/// @param folder  Of the file that holds the column.
[[nodiscard]] std::vector<std::filesystem::path> source_files(hid_t dataset,
                                                              const std::filesystem::path& folder);

}  // namespace af::hdf5
