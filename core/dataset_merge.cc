#include "core/dataset_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <vector>

#include "core/atomic_file.h"
#include "core/dataset_parts.h"
#include "core/dataset_reader.h"
#include "core/dataset_writer.h"
#include "core/errors.h"
#include "core/virtual_dataset.h"

namespace af {
namespace {

namespace fs = std::filesystem;

/// Parts that a file can refer to: each stays open while it is read, and a process may usually have
/// 1024 files open. HDF5 would give zeros for those that it cannot open.
constexpr std::size_t kMostVirtualParts = 900;

void check_output(const DatasetParts& all, const fs::path& path, bool overwrite) {
  for (const DatasetPart& part : all.parts) {
    std::error_code ignored;
    if (!fs::equivalent(part.path, path, ignored)) continue;
    throw ConfigError(
        fmt::format("the output {} is one of the parts; expected another name", path.string()));
  }
  check_writable(path, overwrite);
}

/// Reads the rows of the whole one after the other.
class PartsReader {
 public:
  explicit PartsReader(const DatasetParts& all)
      : all_(all), block_(all.columns, block_rows(all.columns)) {}

  /// The next rows, as many as a block holds; none at the end.
  const RowBlock& next() {
    std::size_t filled = 0;
    while (filled < block_.capacity() && open_next()) {
      const std::uint64_t count =
          std::min<std::uint64_t>(block_.capacity() - filled, file_->rows() - row_);
      for (std::size_t c = 0; c < all_.columns.size(); ++c) {
        const std::size_t item = all_.columns[c].item_bytes();
        file_->read(all_.columns[c].name, row_, count,
                    block_.bytes(c).subspan(filled * item, count * item));
      }
      row_ += count;
      filled += count;
    }
    block_.set_rows(filled);
    return block_;
  }

 private:
  /// Goes on to the next part if this one is read; false if there is none.
  bool open_next() {
    if (file_ && row_ < file_->rows()) return true;
    if (part_ == all_.parts.size()) return false;
    file_.emplace(all_.parts[part_++].path);
    row_ = 0;
    return true;
  }

  const DatasetParts& all_;
  RowBlock block_;
  std::optional<DatasetReader> file_;
  std::size_t part_ = 0;
  std::uint64_t row_ = 0;
};

}  // namespace

int gzip_level_of(const Attributes& attributes) {
  const auto found = attributes.find(kGzipAttribute);
  if (found == attributes.end()) return 0;
  const auto* level = std::get_if<std::int64_t>(&found->second);
  return level != nullptr ? static_cast<int>(std::clamp<std::int64_t>(*level, 0, 9)) : 0;
}

void copy_parts(const DatasetParts& all, const fs::path& path, bool overwrite, Progress* progress) {
  check_output(all, path, overwrite);
  DatasetWriter writer(path, all.columns, all.rows, all.attributes,
                       {.overwrite = overwrite, .gzip_level = gzip_level_of(all.attributes)});
  PartsReader reader(all);
  for (std::uint64_t written = 0; written < all.rows;) {
    const RowBlock& block = reader.next();
    writer.append(block);
    written += block.rows();
    if (progress != nullptr) progress->advance(block.rows());
  }
  writer.close();
}

void refer_to_parts(const DatasetParts& all, const fs::path& path, bool overwrite) {
  check_output(all, path, overwrite);
  if (all.parts.size() > kMostVirtualParts) {
    throw ConfigError(
        fmt::format("{} parts are too many to refer to; expected at most {}, or a copy",
                    all.parts.size(), kMostVirtualParts));
  }
  hdf5::write_virtual(all, path, overwrite);
}

}  // namespace af
