#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/dataset_parts.h"
#include "core/hdf5_handle.h"

namespace af {

/// Where the rows of a data set file are if it only refers to them (an HDF5 virtual data set). HDF5
/// would read them, too, but gives zeros for those of a file that it cannot open.
class ReferredRows {
 public:
  ReferredRows() = default;
  /// @param datasets    The columns of the file.
  /// @param attributes  Of the file.
  /// @throws InputError if a file that the columns refer to is missing, or those of a data set of
  ///         this project are not, or not any more, the parts that it was merged from.
  ReferredRows(const std::filesystem::path& path, std::span<const hid_t> datasets,
               const Attributes& attributes, std::uint64_t rows);

  /// The files, in the order of their rows; none if the rows lie in the file itself.
  [[nodiscard]] const std::vector<std::filesystem::path>& files() const noexcept { return files_; }

  /// Whether they are parts of a data set of this project, to be read here and not by HDF5.
  [[nodiscard]] bool are_parts() const noexcept { return !parts_.empty(); }
  /// Reads a column's rows from `first` on, as many as fill `out`.
  void read(const Column& column, std::uint64_t first, std::span<std::byte> out);

 private:
  std::vector<std::filesystem::path> files_;
  std::vector<DatasetPart> parts_;
  std::optional<DatasetReader> open_;  ///< The part that was read last.
};

}  // namespace af
