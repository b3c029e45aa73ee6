#include "core/dataset_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/dataset_file.h"
#include "core/errors.h"
#include "core/hdf5_handle.h"
#include "core/hdf5_texts.h"
#include "core/referred_rows.h"
#include "core/row_datasets.h"
#include "core/text.h"

namespace af {

namespace fs = std::filesystem;
using hdf5::Handle;

struct DatasetReader::State {
  fs::path path;
  Handle file;
  std::vector<Column> columns;
  std::map<std::string, Handle, std::less<>> datasets;  ///< Of the columns.
  std::map<std::string, Handle, std::less<>> texts;     ///< Of variable length.
  Attributes attributes;
  std::uint64_t rows = 0;
  ReferredRows referred;

  /// What lies at the root, and what lies in groups if the file or the caller names it.
  [[nodiscard]] std::vector<std::string> names_of_columns(
      const std::vector<std::string>& wanted) const {
    std::vector<std::string> names = hdf5::root_names(file.get());
    for (const std::vector<std::string>& more : {order_of_writing(), wanted}) {
      for (const std::string& name : more) {
        if (name.find('/') == std::string::npos) continue;
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      }
    }
    return names;
  }

  void find_columns(const std::vector<std::string>& wanted) {
    std::vector<hdf5::RowDataset> found =
        hdf5::row_datasets(file.get(), names_of_columns(wanted), path, wanted);
    rows = found.front().rows;
    for (hdf5::RowDataset& one : found) {
      (one.column ? datasets : texts).emplace(one.name, std::move(one.dataset));
      if (one.column) columns.push_back(*std::move(one.column));
    }
    sort_columns();
  }

  /// Names of the columns, if the file says it.
  [[nodiscard]] std::vector<std::string> order_of_writing() const {
    const auto found = attributes.find(kColumnsAttribute);
    if (found == attributes.end()) return {};
    const auto* order = std::get_if<std::vector<std::string>>(&found->second);
    return order == nullptr ? std::vector<std::string>{} : *order;
  }

  void sort_columns() {
    const std::vector<std::string> order = order_of_writing();
    std::ranges::stable_sort(columns, {}, [&](const Column& column) {
      return std::ranges::find(order, column.name) - order.begin();
    });
  }

  void find_referred_rows() {
    std::vector<hid_t> all;
    for (const auto& [name, dataset] : datasets) all.push_back(dataset.get());
    referred = ReferredRows(path, all, attributes, rows);
  }
};

DatasetReader::DatasetReader(const fs::path& path, FileKind kind,
                             const std::vector<std::string>& wanted)
    : state_(std::make_unique<State>()) {
  const hdf5::SilentErrors silent;
  state_->path = path;
  state_->file = hdf5::open_to_read(path);
  state_->attributes = hdf5::read_attributes(state_->file.get());
  if (kind == FileKind::kContract) hdf5::check_contract(state_->attributes, path);
  state_->find_columns(wanted);
  state_->find_referred_rows();
}

DatasetReader::~DatasetReader() = default;
DatasetReader::DatasetReader(DatasetReader&&) noexcept = default;
DatasetReader& DatasetReader::operator=(DatasetReader&&) noexcept = default;

std::uint64_t DatasetReader::rows() const noexcept { return state_->rows; }
const std::vector<Column>& DatasetReader::columns() const noexcept { return state_->columns; }
const Attributes& DatasetReader::attributes() const noexcept { return state_->attributes; }
const fs::path& DatasetReader::path() const noexcept { return state_->path; }

const std::vector<fs::path>& DatasetReader::parts() const noexcept {
  return state_->referred.files();
}

bool DatasetReader::has(std::string_view column) const noexcept {
  return state_->datasets.contains(column);
}

const Column& DatasetReader::column(std::string_view name) const {
  const auto found = std::ranges::find(state_->columns, name, &Column::name);
  if (found != state_->columns.end()) return *found;
  if (state_->texts.contains(name)) {
    throw InputError(
        fmt::format("{}: column '{}' holds texts of any length; expected numbers or an enum",
                    path().string(), name));
  }
  std::vector<std::string> names = names_of(state_->columns);
  for (const auto& [text, dataset] : state_->texts) names.push_back(text);
  throw InputError(fmt::format("{} has no column '{}'{}; it has {}", path().string(), name,
                               did_you_mean(name, names), listed(names)));
}

const Column& DatasetReader::categorical(std::string_view name) const {
  const Column& found = column(name);
  if (found.type != ElementType::kEnum || !found.item_shape.empty()) {
    throw InputError(
        fmt::format("{}: column '{}' is not categorical; expected an enum with one "
                    "value a row",
                    path().string(), name));
  }
  return found;
}

bool DatasetReader::has_texts(std::string_view name) const noexcept {
  if (state_->texts.contains(name)) return true;
  const auto found = std::ranges::find(state_->columns, name, &Column::name);
  return found != state_->columns.end() && found->type == ElementType::kText &&
         found->item_shape.empty();
}

std::vector<std::string> DatasetReader::read_texts(std::string_view name) const {
  if (!has_texts(name)) {
    static_cast<void>(column(name));
    throw InputError(fmt::format("{}: column '{}' holds no texts", path().string(), name));
  }
  const auto& among = state_->texts.contains(name) ? state_->texts : state_->datasets;
  const auto found = among.find(name);
  const hdf5::SilentErrors silent;
  auto texts = hdf5::read_texts(found->second.get());
  if (!texts) {
    throw InputError(fmt::format("{}: column '{}' cannot be read: {}", path().string(), name,
                                 hdf5::innermost_error()));
  }
  return *std::move(texts);
}

const std::string& DatasetReader::text_attribute(std::string_view name) const {
  const auto found = attributes().find(name);
  const auto* text =
      found == attributes().end() ? nullptr : std::get_if<std::string>(&found->second);
  if (text == nullptr) {
    throw InputError(fmt::format("{} has no text attribute '{}'", path().string(), name));
  }
  return *text;
}

void DatasetReader::read(std::string_view name, std::uint64_t first, std::uint64_t count,
                         std::span<std::byte> out) const {
  const Column& found = column(name);
  if (first + count > rows() || out.size() != count * found.item_bytes()) {
    throw std::out_of_range("rows or bytes that column " + found.name + " does not have");
  }
  if (count == 0) return;
  if (state_->referred.are_parts()) return state_->referred.read(found, first, out);
  const hdf5::SilentErrors silent;
  const hid_t dataset = state_->datasets.find(name)->second.get();
  const Handle in_file = hdf5::row_space(found, rows());
  hdf5::select_rows(in_file.get(), found, first, count);
  const Handle in_memory = hdf5::row_space(found, count);
  const Handle type = hdf5::memory_type(found);
  if (H5Dread(dataset, type.get(), in_memory.get(), in_file.get(), H5P_DEFAULT, out.data()) < 0) {
    throw InputError(fmt::format("{}: column '{}' cannot be read: {}", path().string(), name,
                                 hdf5::innermost_error()));
  }
}

void DatasetReader::check_element_size(const Column& column, std::size_t bytes) const {
  if (element_bytes(column.type) != bytes) {
    throw InputError(fmt::format("{}: column '{}' has elements of {} bytes where {} were expected",
                                 path().string(), column.name, element_bytes(column.type), bytes));
  }
}

}  // namespace af
