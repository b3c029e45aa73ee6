#include "core/dataset_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "core/errors.h"

namespace af::hdf5 {
namespace {

namespace fs = std::filesystem;

herr_t collect_attribute(hid_t location, const char* name, const H5A_info_t* /*info*/, void* out) {
  const Handle attribute(H5Aopen(location, name, H5P_DEFAULT), H5Aclose);
  if (!attribute) return 0;
  if (auto value = read_attribute(attribute.get())) {
    static_cast<Attributes*>(out)->emplace(name, std::move(*value));
  }
  return 0;
}

}  // namespace

Handle open_to_read(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw InputError(fmt::format("{} does not exist", path.string()));
  }
  if (fs::is_directory(path, error)) {
    throw InputError(fmt::format("{} is a folder; expected an HDF5 file", path.string()));
  }
  if (!fs::is_regular_file(path, error)) {
    throw InputError(fmt::format("{} is a pipe or a device; expected an HDF5 file", path.string()));
  }
  if (path.extension() == ".part") {
    throw InputError(fmt::format(
        "{} is not complete: the program that writes it is still at work or was interrupted; make "
        "the data set again",
        path.string()));
  }
  if (::access(path.c_str(), R_OK) != 0) {
    throw InputError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  }
  if (H5Fis_hdf5(path.c_str()) <= 0) {
    throw InputError(fmt::format("{} is no HDF5 file", path.string()));
  }
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file) {
    throw InputError(
        fmt::format("{} is truncated or damaged: {}", path.string(), innermost_error()));
  }
  return file;
}

Attributes read_attributes(hid_t file) {
  Attributes attributes;
  H5Aiterate2(file, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect_attribute, &attributes);
  return attributes;
}

void check_contract(const Attributes& attributes, const fs::path& path) {
  const auto schema = attributes.find("schema_version");
  const auto* found =
      schema == attributes.end() ? nullptr : std::get_if<std::int64_t>(&schema->second);
  if (found == nullptr) {
    throw InputError(fmt::format(
        "{} has no attribute schema_version; expected a data set made by afgen", path.string()));
  }
  if (*found != kSchemaVersion) {
    throw InputError(fmt::format("{} has schema version {}; this program reads version {}",
                                 path.string(), *found, kSchemaVersion));
  }
  if (!attributes.contains("complete")) {
    throw InputError(
        fmt::format("{} is not complete: the program that wrote it was interrupted; make it again",
                    path.string()));
  }
}

}  // namespace af::hdf5
