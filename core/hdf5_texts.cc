#include "core/hdf5_texts.h"

#include <algorithm>
#include <string_view>

namespace af::hdf5 {
namespace {

constexpr hsize_t kRowsAtOnce = 1 << 14;

/// A text of fixed length without what fills it up.
std::string_view unpadded(std::string_view text, H5T_str_t padding) {
  if (padding != H5T_STR_SPACEPAD) return text.substr(0, text.find('\0'));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// Rows [first, first + count) of a data set, and as many in memory.
struct Rows {
  Handle file;
  Handle memory;

  Rows(hid_t dataset, hsize_t first, hsize_t count)
      : file(H5Dget_space(dataset), H5Sclose),
        memory(H5Screate_simple(1, &count, nullptr), H5Sclose) {
    H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, &first, nullptr, &count, nullptr);
  }
};

bool append_variable(hid_t dataset, hid_t type, const Rows& rows, hsize_t count,
                     std::vector<std::string>& texts) {
  std::vector<char*> raw(count, nullptr);
  if (H5Dread(dataset, type, rows.memory.get(), rows.file.get(), H5P_DEFAULT, raw.data()) < 0) {
    return false;
  }
  for (const char* text : raw) texts.emplace_back(text == nullptr ? "" : text);
  H5Dvlen_reclaim(type, rows.memory.get(), H5P_DEFAULT, raw.data());
  return true;
}

bool append_fixed(hid_t dataset, hid_t type, const Rows& rows, hsize_t count,
                  std::vector<std::string>& texts) {
  const std::size_t size = H5Tget_size(type);
  std::string raw(count * size, '\0');
  if (H5Dread(dataset, type, rows.memory.get(), rows.file.get(), H5P_DEFAULT, raw.data()) < 0) {
    return false;
  }
  const H5T_str_t padding = H5Tget_strpad(type);
  for (hsize_t i = 0; i < count; ++i) {
    texts.emplace_back(unpadded(std::string_view(raw).substr(i * size, size), padding));
  }
  return true;
}

}  // namespace

std::optional<std::uint64_t> text_rows(hid_t dataset) {
  const Handle type(H5Dget_type(dataset), H5Tclose);
  const Handle space(H5Dget_space(dataset), H5Sclose);
  if (H5Tget_class(type.get()) != H5T_STRING || H5Sget_simple_extent_ndims(space.get()) != 1) {
    return std::nullopt;
  }
  hsize_t rows = 0;
  H5Sget_simple_extent_dims(space.get(), &rows, nullptr);
  return rows;
}

std::optional<std::vector<std::string>> read_texts(hid_t dataset) {
  const auto total = text_rows(dataset);
  if (!total) return std::nullopt;
  // The file's own type: 1.10 does not convert between character sets.
  const Handle type(H5Dget_type(dataset), H5Tclose);
  const bool variable = H5Tis_variable_str(type.get()) > 0;
  std::vector<std::string> texts;
  for (hsize_t first = 0; first < *total; first += kRowsAtOnce) {
    const hsize_t count = std::min<hsize_t>(kRowsAtOnce, *total - first);
    const Rows rows(dataset, first, count);
    const bool done = variable ? append_variable(dataset, type.get(), rows, count, texts)
                               : append_fixed(dataset, type.get(), rows, count, texts);
    if (!done) return std::nullopt;
  }
  return texts;
}

}  // namespace af::hdf5
