#pragma once

#include <filesystem>

#include "core/dataset.h"
#include "core/hdf5_handle.h"

/// A data set file before its columns are looked at.
namespace af::hdf5 {

/// Opens a file to be read. @throws InputError if it is missing, a .part, no HDF5, or truncated;
/// the sentence says which.
[[nodiscard]] Handle open_to_read(const std::filesystem::path& path);

/// The file's attributes that have a type named in core/dataset.h.
[[nodiscard]] Attributes read_attributes(hid_t file);

/// @throws InputError unless the attributes say that the file is one of this project's, of this
///         schema, and complete.
void check_contract(const Attributes& attributes, const std::filesystem::path& path);

}  // namespace af::hdf5
