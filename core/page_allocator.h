#pragma once

#include <cstddef>

namespace af {

/// Memory that begins at a page, as writing past the page cache wants it. Two megabytes and more
/// begin and end at a page of two megabytes, where the kernel has such: it then finds them for the
/// disk at once and not page by page.
[[nodiscard]] void* allocate_pages(std::size_t bytes);
void release_pages(void* memory, std::size_t bytes) noexcept;

/// The same for a container.
template <class T>
struct PageAllocator {
  using value_type = T;

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(allocate_pages(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    release_pages(memory, count * sizeof(T));
  }
  bool operator==(const PageAllocator&) const = default;
};

}  // namespace af
