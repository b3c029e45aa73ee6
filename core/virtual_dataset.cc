#include "core/virtual_dataset.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "core/part_file.h"

namespace af::hdf5 {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
  return fs::canonical(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// How HDF5 writes the name of a source file: a single % would begin a number of a block.
std::string source_name(const fs::path& part, const fs::path& folder) {
  return replaced(fs::relative(fs::canonical(part), folder).string(), "%", "%%");
}

Handle properties_of(const Column& column, const DatasetParts& all, const fs::path& folder) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_obj_track_times(properties.get(), false);
  const Handle whole = row_space(column, all.rows);
  for (const DatasetPart& part : all.parts) {
    const Handle source = row_space(column, part.rows);
    select_rows(whole.get(), column, part.first_row, part.rows);
    H5Pset_virtual(properties.get(), whole.get(), source_name(part.path, folder).c_str(),
                   ("/" + column.name).c_str(), source.get());
  }
  return properties;
}

}  // namespace

void write_virtual(const DatasetParts& all, const fs::path& path, bool overwrite) {
  PartFile file(path, overwrite, ReadableBy::kVersion110);
  const SilentErrors silent;
  const fs::path folder = folder_of(path);
  const Handle with_groups = link_with_groups();
  for (const Column& column : all.columns) {
    const Handle properties = properties_of(column, all, folder);
    const Handle space = row_space(column, all.rows);
    const Handle type = file_type(column);
    const Handle dataset(H5Dcreate2(file.get(), column.name.c_str(), type.get(), space.get(),
                                    with_groups.get(), properties.get(), H5P_DEFAULT),
                         H5Dclose);
    if (!dataset) file.fail("creating column " + column.name + " in");
  }
  file.write_attributes(all.attributes);
  file.commit();
}

std::vector<fs::path> source_files(hid_t dataset, const fs::path& folder) {
  const Handle properties(H5Dget_create_plist(dataset), H5Pclose);
  if (H5Pget_layout(properties.get()) != H5D_VIRTUAL) return {};
  std::size_t count = 0;
  H5Pget_virtual_count(properties.get(), &count);
  std::vector<fs::path> files;
  for (std::size_t i = 0; i < count; ++i) {
    const ssize_t length = H5Pget_virtual_filename(properties.get(), i, nullptr, 0);
    std::string name(static_cast<std::size_t>(length < 0 ? 0 : length) + 1, '\0');
    H5Pget_virtual_filename(properties.get(), i, name.data(), name.size());
    name.pop_back();
    files.push_back(folder / replaced(name, "%%", "%"));
  }
  return files;
}

}  // namespace af::hdf5
