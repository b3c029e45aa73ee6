#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/hdf5_handle.h"

/// Columns of texts, of fixed or variable length.
namespace af::hdf5 {

/// The rows of a data set that holds one text a row; empty if it is none.
[[nodiscard]] std::optional<std::uint64_t> text_rows(hid_t dataset);

/// All texts of such a data set, without their padding; empty if HDF5 cannot read it.
[[nodiscard]] std::optional<std::vector<std::string>> read_texts(hid_t dataset);

}  // namespace af::hdf5
