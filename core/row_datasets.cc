#include "core/row_datasets.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors.h"
#include "core/hdf5_texts.h"

namespace af::hdf5 {
namespace {

std::vector<RowDataset> readable_datasets(hid_t file, const std::vector<std::string>& names) {
  std::vector<RowDataset> all;
  for (const std::string& name : names) {
    RowDataset found{.name = name,
                     .dataset = {H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose},
                     .column = {}};
    if (!found.dataset) continue;  // A group, say.
    found.column = describe_dataset(found.dataset.get(), name, found.rows);
    if (!found.column) {
      const auto length = text_rows(found.dataset.get());
      if (!length) continue;
      found.rows = *length;
    }
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace

std::vector<std::string> root_names(hid_t file) {
  H5G_info_t info{};
  if (H5Gget_info(file, &info) < 0) return {};
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const ssize_t length =
        H5Lget_name_by_idx(file, ".", H5_INDEX_NAME, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
    if (length < 0) continue;
    std::string name(static_cast<std::size_t>(length) + 1, '\0');
    H5Lget_name_by_idx(file, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size(),
                       H5P_DEFAULT);
    name.pop_back();
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<RowDataset> row_datasets(hid_t file, const std::vector<std::string>& names,
                                     const std::filesystem::path& path,
                                     const std::vector<std::string>& wanted) {
  std::vector<RowDataset> all = readable_datasets(file, names);
  if (all.empty()) {
    throw InputError(fmt::format("{} holds no column at its root", path.string()));
  }
  const auto must_agree = [&](const RowDataset& one) {
    return wanted.empty() ? one.column.has_value()
                          : std::ranges::find(wanted, one.name) != wanted.end();
  };
  auto first = std::ranges::find_if(all, must_agree);
  if (first == all.end()) first = all.begin();
  for (const RowDataset& one : all) {
    if (one.rows == first->rows || !must_agree(one)) continue;
    throw InputError(fmt::format("{}: column {} has {} rows where {} has {}", path.string(),
                                 one.name, one.rows, first->name, first->rows));
  }
  std::erase_if(all, [rows = first->rows](const RowDataset& one) { return one.rows != rows; });
  return all;
}

}  // namespace af::hdf5
