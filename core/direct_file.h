#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace af {

/// An existing file, opened for writing past the page cache (O_DIRECT): large blocks go to the disk
/// without being copied, and without driving what other programs read out of memory.
class DirectFile {
 public:
  /// Offsets, lengths and addresses must be multiples of it.
  static constexpr std::size_t kAlignment = 4096;

  /// Not open afterwards where the file system knows no such thing.
  explicit DirectFile(const std::filesystem::path& path);
  ~DirectFile();
  DirectFile(const DirectFile&) = delete;
  DirectFile& operator=(const DirectFile&) = delete;

  /// Writes the bytes at the offset. False, with nothing written, if it is not open, something is
  /// not aligned, or the disk cannot be written like this: they must go another way then.
  /// @throws OutputError if the disk is full or fails.
  [[nodiscard]] bool write(std::uint64_t offset, std::span<const std::byte> bytes);

 private:
  std::filesystem::path path_;
  int fd_;
};

}  // namespace af
