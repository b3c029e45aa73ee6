#pragma once

#include <hdf5.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/dataset.h"

/// What the reader and the writer share of HDF5; no other folder sees its headers.
namespace af::hdf5 {

/// An owned HDF5 identifier, closed when left.
class Handle {
 public:
  using Closer = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Closer closer) noexcept : id_(id), closer_(closer) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), closer_(other.closer_) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, H5I_INVALID_HID);
      closer_ = other.closer_;
    }
    return *this;
  }

  [[nodiscard]] hid_t get() const noexcept { return id_; }
  explicit operator bool() const noexcept { return id_ >= 0; }
  /// Closes now; false if HDF5 reports an error.
  bool reset() noexcept {
    const hid_t id = std::exchange(id_, H5I_INVALID_HID);
    return id < 0 || closer_(id) >= 0;
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Closer closer_ = nullptr;
};

/// Keeps HDF5's own error stack off stderr for a while: errors become exceptions here. As long as
/// one is alive no other thread gets past its own: the library is made for one thread at a time.
class SilentErrors {
 public:
  SilentErrors() : alone_(mutex()) {
    // HDF5 1.10 crashes in its own clean-up at the program's end when a file on a full disk could
    // not be closed. It must be told before its first other call; every use of it begins here.
    [[maybe_unused]] static const herr_t no_cleanup = H5dont_atexit();
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~SilentErrors() { H5Eset_auto2(H5E_DEFAULT, print_, data_); }
  SilentErrors(const SilentErrors&) = delete;
  SilentErrors& operator=(const SilentErrors&) = delete;

 private:
  static std::recursive_mutex& mutex() {
    static std::recursive_mutex one;
    return one;
  }

  std::scoped_lock<std::recursive_mutex> alone_;
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
};

/// The innermost reason on HDF5's error stack, as "reason" or "unknown reason".
[[nodiscard]] std::string innermost_error();

/// The type of a column in memory.
[[nodiscard]] Handle memory_type(const Column& column);
/// The type of a column in the file: the same, but for truth values.
[[nodiscard]] Handle file_type(const Column& column);

/// Properties of links that make the groups in a column's name.
[[nodiscard]] Handle link_with_groups();

/// The shape of `rows` rows of a column.
[[nodiscard]] Handle row_space(const Column& column, std::uint64_t rows);
/// Selects rows [first, first + count) in a `row_space`.
void select_rows(hid_t space, const Column& column, std::uint64_t first, std::uint64_t count);

/// The column that a data set at the root is; empty if its type is none of ours.
/// `rows` receives its first dimension.
[[nodiscard]] std::optional<Column> describe_dataset(hid_t dataset, const std::string& name,
                                                     std::uint64_t& rows);

void write_attribute(hid_t file, const std::string& name, const Attribute& value);
/// Empty if the attribute has a type that is none of ours.
[[nodiscard]] std::optional<Attribute> read_attribute(hid_t attribute);

}  // namespace af::hdf5
