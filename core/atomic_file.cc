#include "core/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/errors.h"

namespace af {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view doing, const fs::path& path) {
  const int error = errno;
  throw OutputError(fmt::format("{} {} failed: {}", doing, path.string(), std::strerror(error)));
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// An open file that is closed when left; `close()` reports what the kernel says.
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : path_(path), fd_(::open(path.c_str(), flags, 0644)) {
    if (fd_ < 0) fail("opening", path);
  }
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  void write(std::string_view contents) {
    while (!contents.empty()) {
      const ssize_t written = ::write(fd_, contents.data(), contents.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("writing", path_);
      contents.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  /// Whether another process holds a lock on the file.
  [[nodiscard]] bool is_locked() const {
    return ::flock(fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  }
  void sync() {
    // Some file systems cannot sync a folder and say EINVAL; there is nothing to wait for then.
    if (::fsync(fd_) != 0 && errno != EINVAL) fail("syncing", path_);
  }
  void close() {
    const int fd = fd_;
    fd_ = -1;
    if (::close(fd) != 0) fail("closing", path_);
  }

 private:
  fs::path path_;
  int fd_;
};

}  // namespace

fs::path part_path(const fs::path& path) {
  fs::path part = path;
  part += ".part";
  return part;
}

void check_writable(const fs::path& path, bool overwrite) {
  std::error_code ignored;
  const fs::path folder = folder_of(path);
  if (!fs::is_directory(folder, ignored)) {
    throw OutputError(fmt::format("cannot write {}: the folder {} does not exist", path.string(),
                                  folder.string()));
  }
  if (fs::is_directory(path, ignored)) {
    throw OutputError(fmt::format("cannot write {}: it is a folder", path.string()));
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw OutputError(fmt::format("cannot write {}: the folder {} refuses ({})", path.string(),
                                  folder.string(), std::strerror(errno)));
  }
  if (!overwrite && fs::exists(path, ignored)) {
    throw OutputError(fmt::format("{} exists; give --force to replace it", path.string()));
  }
}

void check_unclaimed(const fs::path& path) {
  const fs::path part = part_path(path);
  std::error_code ignored;
  if (!fs::exists(part, ignored)) return;
  // HDF5 itself would empty the file first and then find that it is locked.
  if (OpenFile(part, O_RDWR).is_locked()) {
    throw OutputError(
        fmt::format("another process is writing {}; expected one at a time", part.string()));
  }
}

void commit_part(const fs::path& path) {
  const fs::path part = part_path(path);
  OpenFile file(part, O_RDWR);
  file.sync();
  file.close();
  if (std::rename(part.c_str(), path.c_str()) != 0) fail("renaming to", path);
  // The new name is safe only once the folder that holds it is.
  OpenFile folder(folder_of(path), O_RDONLY | O_DIRECTORY);
  folder.sync();
}

void write_file(const fs::path& path, std::string_view contents, bool overwrite) {
  check_writable(path, overwrite);
  const fs::path part = part_path(path);
  try {
    OpenFile file(part, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(contents);
    file.close();
    commit_part(path);
  } catch (const OutputError&) {
    std::error_code ignored;
    fs::remove(part, ignored);
    throw;
  }
}

}  // namespace af
