#include "core/part_file.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <string>
#include <system_error>

#include "core/atomic_file.h"
#include "core/direct_file.h"
#include "core/errors.h"
#include "core/version.h"

namespace af::hdf5 {
namespace {

namespace fs = std::filesystem;

/// Columns from this size on begin at a page of the file.
constexpr hsize_t kAlignedBytes = hsize_t{1} << 16;

Handle create_file(const fs::path& part, ReadableBy readers) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_EARLIEST,
                       readers == ReadableBy::kVersion18 ? H5F_LIBVER_V18 : H5F_LIBVER_V110);
  H5Pset_alignment(access.get(), kAlignedBytes, DirectFile::kAlignment);
  Handle file(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose);
  if (!file) {
    throw OutputError(fmt::format("cannot create {}: {}", part.string(), innermost_error()));
  }
  return file;
}

}  // namespace

PartFile::PartFile(const fs::path& path, bool overwrite, ReadableBy readers) : path_(path) {
  check_writable(path, overwrite);
  check_unclaimed(path);
  const SilentErrors silent;
  file_ = create_file(part(), readers);
}

PartFile::~PartFile() {
  if (!file_) return;
  const SilentErrors silent;
  file_.reset();
  std::error_code ignored;
  fs::remove(part(), ignored);
}

fs::path PartFile::part() const { return part_path(path_); }

void PartFile::write_attributes(const Attributes& attributes) {
  const std::array<std::pair<const char*, Attribute>, 3> own{
      {{"schema_version", kSchemaVersion},
       {"program_version", std::string(version())},
       {"git_revision", std::string(git_revision())}}};
  Attributes rest = attributes;
  try {
    for (const auto& [name, value] : own) {
      const auto given = rest.extract(name);
      write_attribute(file_.get(), name, given ? given.mapped() : value);
    }
    for (const auto& [name, value] : rest) write_attribute(file_.get(), name, value);
  } catch (const std::runtime_error& error) {
    throw OutputError(fmt::format("writing {} failed: {}", part().string(), error.what()));
  }
}

void PartFile::commit() {
  const SilentErrors silent;
  // Everything reaches the disk before the mark that says so.
  if (H5Fflush(file_.get(), H5F_SCOPE_GLOBAL) < 0) fail("flushing");
  write_attribute(file_.get(), "complete", std::int64_t{1});
  if (!file_.reset()) {
    std::error_code ignored;
    fs::remove(part(), ignored);
    fail("closing");
  }
  commit_part(path_);
}

void PartFile::fail(std::string_view doing) const {
  throw OutputError(fmt::format("{} {} failed: {}", doing, part().string(), innermost_error()));
}

}  // namespace af::hdf5
