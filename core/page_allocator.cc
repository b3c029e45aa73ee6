#include "core/page_allocator.h"

#include <sys/mman.h>

#include <new>

namespace af {
namespace {

constexpr std::size_t kPage = std::size_t{1} << 12;
constexpr std::size_t kHugePage = std::size_t{1} << 21;

std::size_t page_for(std::size_t bytes) { return bytes >= kHugePage ? kHugePage : kPage; }

std::size_t whole_pages(std::size_t bytes) {
  const std::size_t page = page_for(bytes);
  return (bytes + page - 1) / page * page;
}

}  // namespace

void* allocate_pages(std::size_t bytes) {
  const std::size_t whole = whole_pages(bytes);
  void* const memory = ::operator new (whole, std::align_val_t{page_for(bytes)});
  // Only a hint: where it is refused, pages stay small.
  if (bytes >= kHugePage) static_cast<void>(::madvise(memory, whole, MADV_HUGEPAGE));
  return memory;
}

void release_pages(void* memory, std::size_t bytes) noexcept {
  ::operator delete (memory, whole_pages(bytes), std::align_val_t{page_for(bytes)});
}

}  // namespace af
