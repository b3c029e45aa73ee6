#include "core/referred_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/errors.h"
#include "core/virtual_dataset.h"

namespace af {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path, std::span<const hid_t> datasets) {
  const fs::path folder = fs::canonical(path).parent_path();
  std::set<fs::path> seen;
  std::vector<fs::path> in_order;
  for (const hid_t dataset : datasets) {
    for (const fs::path& file : hdf5::source_files(dataset, folder)) {
      if (seen.insert(file).second) in_order.push_back(file);
    }
  }
  return in_order;
}

DatasetParts parts_in(const std::vector<fs::path>& files, const fs::path& path) {
  try {
    return collect_parts(files);
  } catch (const InputError& error) {
    throw InputError(
        fmt::format("{} refers to parts that cannot be used: {}", path.string(), error.what()));
  }
}

}  // namespace

ReferredRows::ReferredRows(const fs::path& path, std::span<const hid_t> datasets,
                           const Attributes& attributes, std::uint64_t rows)
    : files_(files_of(path, datasets)) {
  if (files_.empty()) return;
  if (!attributes.contains("schema_version")) {
    for (const fs::path& file : files_) {
      if (fs::exists(file)) continue;
      throw InputError(
          fmt::format("{} refers to {}, which does not exist", path.string(), file.string()));
    }
    return;
  }
  DatasetParts all = parts_in(files_, path);
  Attributes own = attributes;
  own.erase("complete");
  if (all.rows != rows || all.attributes != own) {
    throw InputError(
        fmt::format("{} refers to parts that are of another data set now; merge its "
                    "own again",
                    path.string()));
  }
  parts_ = std::move(all.parts);
}

void ReferredRows::read(const Column& column, std::uint64_t first, std::span<std::byte> out) {
  while (!out.empty()) {
    const auto next = std::ranges::upper_bound(parts_, first, {}, &DatasetPart::first_row);
    const DatasetPart& part = *std::prev(next);
    if (!open_ || open_->path() != part.path) open_.emplace(part.path);
    const std::uint64_t at = first - part.first_row;
    const std::uint64_t count =
        std::min<std::uint64_t>(out.size() / column.item_bytes(), part.rows - at);
    open_->read(column.name, at, count, out.first(count * column.item_bytes()));
    out = out.subspan(count * column.item_bytes());
    first += count;
  }
}

}  // namespace af
