#include "core/pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>
#include <utility>

namespace af {
namespace {

constexpr std::size_t kPage = std::size_t{1} << 12;
constexpr std::size_t kHugePage = std::size_t{1} << 21;

std::size_t rounded_up(std::size_t bytes, std::size_t page) {
  return (bytes + page - 1) / page * page;
}

std::byte* map(std::size_t bytes) {
  void* const memory =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return static_cast<std::byte*>(memory);
}

/// Maps more than is asked for and gives back what lies around a huge page's bounds.
std::byte* map_huge(std::size_t bytes) {
  std::byte* const begin = map(bytes + kHugePage);
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const std::size_t before = rounded_up(address, kHugePage) - address;
  if (before > 0) ::munmap(begin, before);
  ::munmap(begin + before + bytes, kHugePage - before);
  // Only a hint: where it is refused, pages stay small.
  static_cast<void>(::madvise(begin + before, bytes, MADV_HUGEPAGE));
  return begin + before;
}

}  // namespace

std::size_t whole_pages(std::size_t bytes) { return rounded_up(bytes, kPage); }

Pages::Pages(std::size_t bytes) {
  const bool huge = bytes >= kHugePage;
  const std::size_t whole = rounded_up(bytes, huge ? kHugePage : kPage);
  if (whole > 0) bytes_ = {huge ? map_huge(whole) : map(whole), whole};
}

Pages::~Pages() {
  if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

Pages::Pages(Pages&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

Pages& Pages::operator=(Pages&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

}  // namespace af
