#include "core/dataset_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/dataset_parts.h"
#include "core/errors.h"
#include "core/hdf5_handle.h"
#include "core/hdf5_texts.h"
#include "core/row_datasets.h"
#include "core/text.h"
#include "core/virtual_dataset.h"

namespace af {
namespace {

namespace fs = std::filesystem;
using hdf5::Handle;

Handle open_file(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw InputError(fmt::format("{} does not exist", path.string()));
  }
  if (fs::is_directory(path, error)) {
    throw InputError(fmt::format("{} is a folder; expected an HDF5 file", path.string()));
  }
  if (path.extension() == ".part") {
    throw InputError(fmt::format(
        "{} is not complete: the program that writes it is still at work or was interrupted; make "
        "the data set again",
        path.string()));
  }
  if (H5Fis_hdf5(path.c_str()) <= 0) {
    throw InputError(fmt::format("{} is no HDF5 file", path.string()));
  }
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file) {
    throw InputError(
        fmt::format("{} is truncated or damaged: {}", path.string(), hdf5::innermost_error()));
  }
  return file;
}

herr_t collect_attribute(hid_t location, const char* name, const H5A_info_t* /*info*/, void* out) {
  const Handle attribute(H5Aopen(location, name, H5P_DEFAULT), H5Aclose);
  if (!attribute) return 0;
  if (auto value = hdf5::read_attribute(attribute.get())) {
    static_cast<Attributes*>(out)->emplace(name, std::move(*value));
  }
  return 0;
}

}  // namespace

struct DatasetReader::State {
  fs::path path;
  Handle file;
  std::vector<Column> columns;
  std::map<std::string, Handle, std::less<>> datasets;  ///< Of the columns.
  std::map<std::string, Handle, std::less<>> texts;     ///< Of variable length.
  Attributes attributes;
  std::uint64_t rows = 0;
  /// Where the rows are if the file only refers to them. HDF5 would read them, too, but gives zeros
  /// for those of a file that it cannot open.
  std::vector<DatasetPart> parts;
  std::optional<DatasetReader> open_part;

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

  /// Looks for the files that a virtual one refers to.
  void find_parts() {
    const fs::path folder = fs::canonical(path).parent_path();
    std::set<fs::path> sources;
    std::vector<fs::path> in_order;
    for (const auto& [name, dataset] : datasets) {
      for (const fs::path& source : hdf5::source_files(dataset.get(), folder)) {
        if (sources.insert(source).second) in_order.push_back(source);
      }
    }
    if (in_order.empty()) return;
    try {
      if (attributes.contains("schema_version")) return take_parts(collect_parts(in_order));
    } catch (const InputError& error) {
      throw InputError(
          fmt::format("{} refers to parts that cannot be used: {}", path.string(), error.what()));
    }
    for (const fs::path& source : in_order) {
      if (fs::exists(source)) continue;
      throw InputError(
          fmt::format("{} refers to {}, which does not exist", path.string(), source.string()));
    }
  }

  void take_parts(DatasetParts all) {
    Attributes own = attributes;
    own.erase("complete");
    if (all.rows != rows || all.attributes != own) {
      throw InputError(
          fmt::format("{} refers to parts that are of another data set now; merge its "
                      "own again",
                      path.string()));
    }
    parts = std::move(all.parts);
  }

  void read_parts(const Column& column, std::uint64_t first, std::span<std::byte> out) {
    while (!out.empty()) {
      const auto next = std::ranges::upper_bound(parts, first, {}, &DatasetPart::first_row);
      const DatasetPart& part = *std::prev(next);
      if (!open_part || open_part->path() != part.path) open_part.emplace(part.path);
      const std::uint64_t at = first - part.first_row;
      const std::uint64_t count =
          std::min<std::uint64_t>(out.size() / column.item_bytes(), part.rows - at);
      open_part->read(column.name, at, count, out.first(count * column.item_bytes()));
      out = out.subspan(count * column.item_bytes());
      first += count;
    }
  }

  void check_contract() const {
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
      throw InputError(fmt::format(
          "{} is not complete: the program that wrote it was interrupted; make it again",
          path.string()));
    }
  }
};

DatasetReader::DatasetReader(const fs::path& path, FileKind kind,
                             const std::vector<std::string>& wanted)
    : state_(std::make_unique<State>()) {
  const hdf5::SilentErrors silent;
  state_->path = path;
  state_->file = open_file(path);
  H5Aiterate2(state_->file.get(), H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect_attribute,
              &state_->attributes);
  if (kind == FileKind::kContract) state_->check_contract();
  state_->find_columns(wanted);
  state_->find_parts();
}

DatasetReader::~DatasetReader() = default;
DatasetReader::DatasetReader(DatasetReader&&) noexcept = default;
DatasetReader& DatasetReader::operator=(DatasetReader&&) noexcept = default;

std::uint64_t DatasetReader::rows() const noexcept { return state_->rows; }
const std::vector<Column>& DatasetReader::columns() const noexcept { return state_->columns; }
const Attributes& DatasetReader::attributes() const noexcept { return state_->attributes; }
const fs::path& DatasetReader::path() const noexcept { return state_->path; }

std::vector<fs::path> DatasetReader::parts() const {
  std::vector<fs::path> paths;
  for (const DatasetPart& part : state_->parts) paths.push_back(part.path);
  return paths;
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
  if (!state_->parts.empty()) return state_->read_parts(found, first, out);
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
