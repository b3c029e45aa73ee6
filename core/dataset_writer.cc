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
#include "core/text.h"
#include "core/version.h"

namespace af {
namespace {

namespace fs = std::filesystem;
using hdf5::Handle;

/// Bytes that a chunk of a compressed column aims at: HDF5's chunk cache holds 1 MB.
constexpr std::size_t kChunkBytes = std::size_t{1} << 18;

/// Columns from this size on begin at a page of the file.
constexpr hsize_t kAlignedBytes = hsize_t{1} << 16;

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

Handle create_file(const fs::path& part) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  // What HDF5 1.8 reads.
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
  H5Pset_alignment(access.get(), kAlignedBytes, DirectFile::kAlignment);
  Handle file(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose);
  if (!file) {
    throw OutputError(fmt::format("cannot create {}: {}", part.string(), hdf5::innermost_error()));
  }
  return file;
}

std::vector<hsize_t> extent_of(const Column& column, std::uint64_t rows) {
  std::vector<hsize_t> extent{rows};
  extent.insert(extent.end(), column.item_shape.begin(), column.item_shape.end());
  return extent;
}

Handle creation_properties(const Column& column, std::uint64_t rows, int gzip_level) {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_fill_time(properties.get(), H5D_FILL_TIME_NEVER);
  H5Pset_obj_track_times(properties.get(), false);  // Equal data, equal bytes.
  if (gzip_level > 0) {
    const std::size_t in_chunk = std::max<std::size_t>(kChunkBytes / column.item_bytes(), 1);
    const std::vector<hsize_t> chunk = extent_of(column, std::min<std::uint64_t>(rows, in_chunk));
    H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
    H5Pset_shuffle(properties.get());
    H5Pset_deflate(properties.get(), static_cast<unsigned>(gzip_level));
  } else {
    H5Pset_alloc_time(properties.get(), H5D_ALLOC_TIME_EARLY);  // So that its place is known.
  }
  return properties;
}

}  // namespace

struct DatasetWriter::State {
  fs::path path;
  std::vector<Column> columns;
  std::uint64_t rows = 0;
  std::uint64_t appended = 0;
  Handle file;
  std::vector<Handle> datasets;
  std::vector<Handle> types;
  std::optional<DirectFile> direct;
  /// Where in the file a column lies while it is written past HDF5; empty once it is not.
  std::vector<std::optional<std::uint64_t>> places;

  [[noreturn]] void fail(std::string_view doing) const {
    throw OutputError(
        fmt::format("{} {} failed: {}", doing, part_path(path).string(), hdf5::innermost_error()));
  }

  void create_columns(int gzip_level) {
    for (const Column& column : columns) {
      const std::vector<hsize_t> extent = extent_of(column, rows);
      const Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
                         H5Sclose);
      types.push_back(hdf5::memory_type(column));
      const Handle properties = creation_properties(column, rows, gzip_level);
      datasets.emplace_back(H5Dcreate2(file.get(), column.name.c_str(), types.back().get(),
                                       space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
                            H5Dclose);
      if (!datasets.back()) fail("creating column " + column.name + " in");
    }
  }

  /// From here on columns may be written past HDF5, which has laid them out and does no more for
  /// contiguous storage than to copy them into the page cache.
  void open_direct() {
    if (H5Fflush(file.get(), H5F_SCOPE_GLOBAL) < 0) fail("flushing");
    direct.emplace(part_path(path));
    places.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const haddr_t place = H5Dget_offset(datasets[i].get());
      if (place != HADDR_UNDEF) places[i] = place;
    }
  }

  void write_rows(std::size_t column, std::uint64_t count, std::span<const std::byte> data) {
    const std::size_t item = columns[column].item_bytes();
    if (direct && places[column]) {
      if (direct->write(*places[column] + appended * item, data.first(count * item))) return;
      // HDF5 may keep bytes behind those it writes: what it has begun it must end.
      places[column].reset();
    }
    std::vector<hsize_t> start(columns[column].item_shape.size() + 1, 0);
    start[0] = appended;
    const std::vector<hsize_t> extent = extent_of(columns[column], count);
    const Handle in_file(H5Dget_space(datasets[column].get()), H5Sclose);
    const Handle in_memory(
        H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
    H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(),
                        nullptr);
    if (H5Dwrite(datasets[column].get(), types[column].get(), in_memory.get(), in_file.get(),
                 H5P_DEFAULT, data.data()) < 0) {
      fail("writing");
    }
  }

  void write_attributes(const Attributes& attributes) {
    try {
      hdf5::write_attribute(file.get(), "schema_version", kSchemaVersion);
      hdf5::write_attribute(file.get(), "program_version", std::string(version()));
      hdf5::write_attribute(file.get(), "git_revision", std::string(git_revision()));
      for (const auto& [name, value] : attributes) {
        hdf5::write_attribute(file.get(), name, value);
      }
    } catch (const std::runtime_error& error) {
      throw OutputError(
          fmt::format("writing {} failed: {}", part_path(path).string(), error.what()));
    }
  }

  /// Closes everything; false if HDF5 could not write what it still held.
  bool close_handles() {
    bool fine = true;
    for (Handle& dataset : datasets) fine = dataset.reset() && fine;
    for (Handle& type : types) fine = type.reset() && fine;
    return file.reset() && fine;
  }

  void discard() noexcept {
    const hdf5::SilentErrors silent;
    close_handles();
    std::error_code ignored;
    fs::remove(part_path(path), ignored);
  }
};

DatasetWriter::DatasetWriter(const fs::path& path, std::vector<Column> columns, std::uint64_t rows,
                             const Attributes& attributes, DatasetWriterOptions options)
    : state_(std::make_unique<State>()) {
  check_writable(path, options.overwrite);
  if (options.gzip_level == 0) check_room(path, dataset_bytes(columns, rows));
  const hdf5::SilentErrors silent;
  state_->path = path;
  state_->columns = std::move(columns);
  state_->rows = rows;
  state_->file = create_file(part_path(path));
  try {
    state_->create_columns(options.gzip_level);
    state_->write_attributes(attributes);
    if (options.gzip_level == 0) state_->open_direct();
  } catch (...) {
    state_->discard();
    throw;
  }
}

DatasetWriter::~DatasetWriter() {
  if (state_->file) state_->discard();
}

void DatasetWriter::append(const RowBlock& block) {
  const hdf5::SilentErrors silent;
  if (state_->appended + block.rows() > state_->rows) {
    throw std::logic_error("more rows appended than the data set was made for");
  }
  for (std::size_t column = 0; column < state_->columns.size(); ++column) {
    state_->write_rows(column, block.rows(), block.bytes(column));
  }
  state_->appended += block.rows();
}

void DatasetWriter::close() {
  if (state_->appended != state_->rows) {
    throw std::logic_error("closed before every row was appended");
  }
  const hdf5::SilentErrors silent;
  state_->direct.reset();
  // Everything reaches the disk before the mark that says so.
  if (H5Fflush(state_->file.get(), H5F_SCOPE_GLOBAL) < 0) state_->fail("flushing");
  hdf5::write_attribute(state_->file.get(), "complete", std::int64_t{1});
  if (!state_->close_handles()) {
    std::error_code ignored;
    fs::remove(part_path(state_->path), ignored);
    state_->fail("closing");
  }
  commit_part(state_->path);
}

const std::vector<Column>& DatasetWriter::columns() const noexcept { return state_->columns; }

double dataset_bytes(std::span<const Column> columns, std::uint64_t rows) {
  double bytes = 0.0;
  for (const Column& column : columns) bytes += static_cast<double>(column.item_bytes());
  return bytes * static_cast<double>(rows);
}

}  // namespace af
