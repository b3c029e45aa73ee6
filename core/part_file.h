#pragma once

#include <filesystem>
#include <string_view>

#include "core/dataset.h"
#include "core/hdf5_handle.h"

namespace af::hdf5 {

/// Which HDF5 libraries must be able to read a file.
enum class ReadableBy {
  kVersion18,  ///< HDF5 1.8 and later.
  kVersion110  ///< HDF5 1.10 and later: what virtual data sets need.
};

/// A data set file while it is written: NAME.part, until `commit` has made it NAME. A destructor
/// without that removes it.
class PartFile {
 public:
  /// @throws OutputError if NAME exists (without `overwrite`), its folder does not or cannot be
  ///         written, or another process is writing NAME.part.
  PartFile(const std::filesystem::path& path, bool overwrite, ReadableBy readers);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  [[nodiscard]] hid_t get() const noexcept { return file_.get(); }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::filesystem::path part() const;

  /// Writes the attributes, and those that every data set file has unless they are among them:
  /// schema version, program version, git revision. @throws OutputError
  void write_attributes(const Attributes& attributes);
  /// Flushes all to the disk, marks it `complete`, closes, syncs and renames it. Every other handle
  /// into the file must be closed before. @throws OutputError
  void commit();
  /// @throws OutputError with HDF5's reason.
  [[noreturn]] void fail(std::string_view doing) const;

 private:
  std::filesystem::path path_;
  Handle file_;
};

}  // namespace af::hdf5
