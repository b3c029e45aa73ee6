#include "core/direct_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/pages.h"
#include "tests/support/program.h"

namespace af {
namespace {

constexpr std::size_t kPage = DirectFile::kAlignment;

Pages pages(std::size_t count, char value) {
  Pages pages(count * kPage);
  std::ranges::fill(pages.bytes(), static_cast<std::byte>(value));
  return pages;
}

TEST(DirectFile, WritesWholePagesWhereTheyBelong) {
  const test::TempDir folder;
  test::write_bytes(folder / "f", std::string(4 * kPage, '.'));
  DirectFile file(folder / "f");
  if (!file.write(kPage, pages(2, 'x').bytes()))
    GTEST_SKIP() << "this file system has no direct writing";
  EXPECT_EQ(test::file_bytes(folder / "f"),
            std::string(kPage, '.') + std::string(2 * kPage, 'x') + std::string(kPage, '.'));
}

TEST(DirectFile, LeavesWhatIsNotAligned) {
  const test::TempDir folder;
  const std::string before(4 * kPage, '.');
  test::write_bytes(folder / "f", before);
  DirectFile file(folder / "f");
  const auto bytes = pages(2, 'x');
  EXPECT_FALSE(file.write(512, bytes.bytes()));
  EXPECT_FALSE(file.write(0, bytes.bytes().first(kPage + 1)));
  EXPECT_FALSE(file.write(0, bytes.bytes().subspan(8, kPage)));
  EXPECT_EQ(test::file_bytes(folder / "f"), before);
}

TEST(DirectFile, SaysSoWhereThereIsNoFile) {
  const test::TempDir folder;
  DirectFile file(folder / "none");
  EXPECT_FALSE(file.write(0, pages(1, 'x').bytes()));
  EXPECT_FALSE(std::filesystem::exists(folder / "none"));
}

}  // namespace
}  // namespace af
