#include "core/direct_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/errors.h"

namespace af {
namespace {

bool aligned(std::uint64_t number) { return number % DirectFile::kAlignment == 0; }

}  // namespace

DirectFile::DirectFile(const std::filesystem::path& path)
    : path_(path), fd_(::open(path.c_str(), O_WRONLY | O_DIRECT | O_CLOEXEC)) {}

DirectFile::~DirectFile() {
  if (fd_ >= 0) ::close(fd_);
}

bool DirectFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
  if (fd_ < 0 || !aligned(offset) || !aligned(bytes.size()) || !aligned(address)) return false;
  bool begun = false;
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EINVAL && !begun) return false;
    if (written <= 0) {
      throw OutputError(fmt::format("writing {} failed: {}", path_.string(),
                                    written < 0 ? std::strerror(errno) : "nothing was written"));
    }
    begun = true;
    offset += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace af
