#include "core/pages.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/dataset.h"

namespace af {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kHugePage = std::size_t{1} << 21;

bool begins_at(const void* memory, std::size_t multiple) {
  return reinterpret_cast<std::uintptr_t>(memory) % multiple == 0;
}

/// Pages that the machine has given.
std::size_t resident(std::span<std::byte> memory) {
  std::vector<unsigned char> state(whole_pages(memory.size()) / kPage);
  EXPECT_EQ(::mincore(memory.data(), memory.size(), state.data()), 0);
  return static_cast<std::size_t>(
      std::ranges::count_if(state, [](auto s) { return (s & 1) != 0; }));
}

TEST(Pages, AreZeroWholeAndBeginAtAPage) {
  for (const std::size_t bytes : {std::size_t{1}, kPage, 3 * kPage + 5, kHugePage + 1}) {
    const Pages pages(bytes);
    EXPECT_GE(pages.bytes().size(), bytes);
    EXPECT_EQ(pages.bytes().size() % kPage, 0U);
    EXPECT_TRUE(begins_at(pages.bytes().data(), bytes >= kHugePage ? kHugePage : kPage));
    EXPECT_TRUE(std::ranges::all_of(pages.bytes(), [](std::byte b) { return b == std::byte{0}; }));
  }
}

TEST(Pages, TakeNoMemoryBeforeTheyAreTouched) {
  const Pages pages(8 * kHugePage);
  EXPECT_EQ(resident(pages.bytes()), 0U);
  pages.bytes().front() = std::byte{1};
  EXPECT_GE(resident(pages.bytes()), 1U);
  EXPECT_LE(resident(pages.bytes()), kHugePage / kPage);
}

TEST(Pages, MayBeEmpty) { EXPECT_TRUE(Pages(0).bytes().empty()); }

TEST(Pages, StayWhereTheyAreWhenMoved) {
  Pages from(kPage);
  const std::byte* const place = from.bytes().data();
  Pages to(std::move(from));
  EXPECT_EQ(to.bytes().data(), place);
  from = Pages(2 * kPage);
  to = std::move(from);
  EXPECT_EQ(to.bytes().size(), 2 * kPage);
}

TEST(RowBlock, HasEachColumnAtAPageAndApartFromTheOthers) {
  const std::vector<Column> columns{{"x", ElementType::kUint8, {5, 5}, {}},
                                    {"a", ElementType::kFloat64, {}, {}},
                                    {"b", ElementType::kUint16, {}, {}}};
  RowBlock block(columns, 300);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    EXPECT_EQ(block.bytes(c).size(), 300 * columns[c].item_bytes());
    EXPECT_TRUE(begins_at(block.bytes(c).data(), kPage));
    std::ranges::fill(block.bytes(c), static_cast<std::byte>(c + 1));
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    EXPECT_TRUE(std::ranges::all_of(
        block.bytes(c), [&](std::byte b) { return b == static_cast<std::byte>(c + 1); }));
  }
}

}  // namespace
}  // namespace af
