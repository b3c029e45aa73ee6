#pragma once

#include <cstddef>
#include <span>

namespace af {

/// Zeroed memory that begins at a page, as writing past the page cache wants it, and that the
/// machine gives only where it is touched. Two megabytes and more begin and end at a page of two
/// megabytes, where the kernel has such: it then finds them for the disk at once and not page by
/// page.
class Pages {
 public:
  /// @throws std::bad_alloc
  explicit Pages(std::size_t bytes);
  ~Pages();
  Pages(Pages&& other) noexcept;
  Pages& operator=(Pages&& other) noexcept;

  /// At least as many as asked for.
  [[nodiscard]] std::span<std::byte> bytes() const noexcept { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

/// The next multiple of a page's size.
[[nodiscard]] std::size_t whole_pages(std::size_t bytes);

}  // namespace af
