#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/hdf5_handle.h"

namespace af::hdf5 {

/// Names of what lies at the root of a file, groups too.
[[nodiscard]] std::vector<std::string> root_names(hid_t file);

/// A data set that can be read: a column, or one text a row.
struct RowDataset {
  std::string name;
  Handle dataset;
  std::optional<Column> column;  ///< Empty for texts of variable length.
  std::uint64_t rows = 0;
};

/// Those of `names` that are data sets with as many rows as the first one.
/// @param path    Names the file in messages.
/// @param wanted  Must all have as many rows; if it names none all columns must.
/// @throws InputError if they have not, or there is no data set.
[[nodiscard]] std::vector<RowDataset> row_datasets(hid_t file,
                                                   const std::vector<std::string>& names,
                                                   const std::filesystem::path& path,
                                                   const std::vector<std::string>& wanted);

}  // namespace af::hdf5
