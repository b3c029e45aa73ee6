#include "core/dataset_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "core/atomic_file.h"
#include "core/direct_file.h"
#include "core/errors.h"
#include "core/hdf5_handle.h"
#include "core/part_file.h"
#include "core/text.h"

namespace af {
namespace {

namespace fs = std::filesystem;
using hdf5::Handle;

/// Bytes that a chunk of a compressed column aims at: HDF5's chunk cache holds 1 MB.
constexpr std::size_t kChunkBytes = std::size_t{1} << 18;

/// Enough rows at once to make HDF5's cost for each call small, few enough to stay in the caches.
constexpr double kBlockBytes = 4e6;
constexpr std::uint64_t kMostBlockRows = 256;

/// Columns up to this width are gathered from several blocks before they are written: of a block
/// they are too few bytes to be whole pages, and each call costs.
constexpr std::size_t kNarrowBytes = 256;
constexpr std::size_t kGatheredBytes = std::size_t{1} << 21;

/// HDF5 1.10 can fail untidily on a full disk, so room is asked for beforehand.
void check_room(const fs::path& path, double needed) {
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const fs::space_info space = fs::space(folder, error);
  if (!error && needed > static_cast<double>(space.available)) {
    throw OutputError(fmt::format("{} would take {}, but {} has {} left", path.string(),
                                  human_bytes(needed), folder.string(),
                                  human_bytes(static_cast<double>(space.available))));
  }
}

Handle creation_properties(const Column& column, std::uint64_t rows, int gzip_level) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_obj_track_times(properties.get(), false);  // Equal data, equal bytes.
  if (gzip_level > 0) {  // Filled beforehand: the last chunk ends behind the last row.
    const std::size_t in_chunk = std::max<std::size_t>(kChunkBytes / column.item_bytes(), 1);
    std::vector<hsize_t> chunk{std::min<std::uint64_t>(rows, in_chunk)};
    chunk.insert(chunk.end(), column.item_shape.begin(), column.item_shape.end());
    H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
    H5Pset_deflate(properties.get(), static_cast<unsigned>(gzip_level));
  } else {
    H5Pset_fill_time(properties.get(), H5D_FILL_TIME_NEVER);
    H5Pset_alloc_time(properties.get(), H5D_ALLOC_TIME_EARLY);  // So that its place is known.
  }
  return properties;
}

/// Rows of narrow columns to gather: whole pages of each, whatever its width.
std::size_t gathered_rows(std::span<const Column> narrow) {
  const double rows = static_cast<double>(kGatheredBytes) / std::max(dataset_bytes(narrow, 1), 1.0);
  const std::size_t pages = static_cast<std::size_t>(rows) / DirectFile::kAlignment;
  return std::max<std::size_t>(pages, 1) * DirectFile::kAlignment;
}

}  // namespace

struct DatasetWriter::State {
  State(const fs::path& path, std::vector<Column> given, std::uint64_t count, bool overwrite)
      : columns(std::move(given)),
        rows(count),
        file(path, overwrite, hdf5::ReadableBy::kVersion18) {}

  std::vector<Column> columns;
  std::uint64_t rows = 0;
  std::uint64_t appended = 0;
  hdf5::PartFile file;  // Closed after the handles into it.
  std::vector<Handle> datasets;
  std::vector<Handle> types;
  std::optional<DirectFile> direct;
  /// Where in the file a column lies while it is written past HDF5; empty once it is not.
  std::vector<std::optional<std::uint64_t>> places;
  std::vector<std::size_t> narrow;  ///< Columns that are gathered.
  std::optional<RowBlock> gathered;
  std::uint64_t written = 0;  ///< Rows of the narrow columns.

  void create_columns(int gzip_level) {
    const Handle with_groups = hdf5::link_with_groups();
    for (const Column& column : columns) {
      const Handle space = hdf5::row_space(column, rows);
      types.push_back(hdf5::memory_type(column));
      const Handle type = hdf5::file_type(column);
      const Handle properties = creation_properties(column, rows, gzip_level);
      datasets.emplace_back(H5Dcreate2(file.get(), column.name.c_str(), type.get(), space.get(),
                                       with_groups.get(), properties.get(), H5P_DEFAULT),
                            H5Dclose);
      if (!datasets.back()) file.fail("creating column " + column.name + " in");
    }
  }

  /// From here on columns may be written past HDF5, which has laid them out and does no more for
  /// contiguous storage than to copy them into the page cache.
  void open_direct() {
    if (H5Fflush(file.get(), H5F_SCOPE_GLOBAL) < 0) file.fail("flushing");
    direct.emplace(file.part());
    places.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const haddr_t place = H5Dget_offset(datasets[i].get());
      if (place != HADDR_UNDEF && !columns[i].is_boolean) places[i] = place;
    }
  }

  void gather_narrow_columns() {
    std::vector<Column> gathering;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].item_bytes() > kNarrowBytes) continue;
      narrow.push_back(i);
      gathering.push_back(columns[i]);
    }
    if (narrow.empty() || rows == 0) return;
    gathered.emplace(gathering, std::min<std::uint64_t>(gathered_rows(gathering), rows));
  }

  void append(const RowBlock& block) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (gathered && columns[column].item_bytes() <= kNarrowBytes) continue;
      write_rows(column, appended, block.rows(), block.bytes(column));
    }
    for (std::size_t taken = 0; gathered && taken < block.rows();) taken += gather(block, taken);
    appended += block.rows();
  }

  /// Takes rows of the narrow columns from row `first` of the block on; says how many.
  std::size_t gather(const RowBlock& block, std::size_t first) {
    const std::size_t at = gathered->rows();
    const std::size_t count = std::min(gathered->capacity() - at, block.rows() - first);
    for (std::size_t k = 0; k < narrow.size(); ++k) {
      const std::size_t item = columns[narrow[k]].item_bytes();
      std::ranges::copy(block.bytes(narrow[k]).subspan(first * item, count * item),
                        gathered->bytes(k).begin() + static_cast<std::ptrdiff_t>(at * item));
    }
    gathered->set_rows(at + count);
    if (gathered->rows() == gathered->capacity()) write_gathered();
    return count;
  }

  void write_gathered() {
    if (!gathered || gathered->rows() == 0) return;
    for (std::size_t k = 0; k < narrow.size(); ++k) {
      write_rows(narrow[k], written, gathered->rows(), gathered->bytes(k));
    }
    written += gathered->rows();
    gathered->set_rows(0);
  }

  void write_rows(std::size_t column, std::uint64_t first, std::uint64_t count,
                  std::span<const std::byte> data) {
    const std::size_t item = columns[column].item_bytes();
    if (direct && places[column]) {
      if (direct->write(*places[column] + first * item, data.first(count * item))) return;
      // HDF5 may keep bytes behind those it writes: what it has begun it must end.
      places[column].reset();
    }
    const Handle in_file = hdf5::row_space(columns[column], rows);
    hdf5::select_rows(in_file.get(), columns[column], first, count);
    const Handle in_memory = hdf5::row_space(columns[column], count);
    if (H5Dwrite(datasets[column].get(), types[column].get(), in_memory.get(), in_file.get(),
                 H5P_DEFAULT, data.data()) < 0) {
      file.fail("writing");
    }
  }

  /// Closes the columns; false if HDF5 could not write what it still held.
  bool close_columns() {
    bool fine = true;
    for (Handle& dataset : datasets) fine = dataset.reset() && fine;
    for (Handle& type : types) fine = type.reset() && fine;
    return fine;
  }
};

DatasetWriter::DatasetWriter(const fs::path& path, std::vector<Column> columns, std::uint64_t rows,
                             const Attributes& attributes, DatasetWriterOptions options) {
  check_writable(path, options.overwrite);
  if (options.gzip_level == 0) check_room(path, dataset_bytes(columns, rows));
  state_ = std::make_unique<State>(path, std::move(columns), rows, options.overwrite);
  const hdf5::SilentErrors silent;
  try {
    state_->create_columns(options.gzip_level);
    Attributes all = attributes;
    all[kColumnsAttribute] = names_of(state_->columns);
    if (options.gzip_level > 0) all[kGzipAttribute] = std::int64_t{options.gzip_level};
    state_->file.write_attributes(all);
    if (options.gzip_level > 0) return;  // What is compressed depends on the blocks appended.
    state_->open_direct();
    state_->gather_narrow_columns();
  } catch (...) {
    state_.reset();  // While HDF5 is silent.
    throw;
  }
}

DatasetWriter::~DatasetWriter() {
  const hdf5::SilentErrors silent;
  state_.reset();
}

void DatasetWriter::append(const RowBlock& block) {
  const hdf5::SilentErrors silent;
  if (state_->appended + block.rows() > state_->rows) {
    throw std::logic_error("more rows appended than the data set was made for");
  }
  state_->append(block);
}

void DatasetWriter::close() {
  if (state_->appended != state_->rows) {
    throw std::logic_error("closed before every row was appended");
  }
  const hdf5::SilentErrors silent;
  state_->write_gathered();
  state_->direct.reset();
  if (!state_->close_columns()) state_->file.fail("closing the columns of");
  state_->file.commit();
}

const std::vector<Column>& DatasetWriter::columns() const noexcept { return state_->columns; }

std::uint64_t block_rows(std::span<const Column> columns) {
  const double rows = kBlockBytes / dataset_bytes(columns, 1);
  return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(rows), 1, kMostBlockRows);
}

double dataset_bytes(std::span<const Column> columns, std::uint64_t rows) {
  double bytes = 0.0;
  for (const Column& column : columns) bytes += static_cast<double>(column.item_bytes());
  return bytes * static_cast<double>(rows);
}

}  // namespace af
