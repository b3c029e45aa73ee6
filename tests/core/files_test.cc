#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/atomic_file.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "core/text.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af {
namespace {

namespace fs = std::filesystem;

TEST(WriteFile, ReplacesOnlyWhenTold) {
  const test::TempDir folder;
  write_file(folder / "a.csv", "one", false);
  EXPECT_THROW(write_file(folder / "a.csv", "two", false), OutputError);
  EXPECT_EQ(test::file_bytes(folder / "a.csv"), "one");
  write_file(folder / "a.csv", "two", true);
  EXPECT_EQ(test::file_bytes(folder / "a.csv"), "two");
  EXPECT_FALSE(fs::exists(part_path(folder / "a.csv")));
}

TEST(WriteFile, SaysWhichFolderIsMissing) {
  const test::TempDir folder;
  EXPECT_THAT(test::refusal<OutputError>([&] { write_file(folder / "none/a.csv", "one", false); }),
              testing::HasSubstr("none does not exist"));
}

TEST(WriteFile, DoesNotReplaceAFolder) {
  const test::TempDir folder;
  fs::create_directory(folder / "a.csv");
  EXPECT_THAT(test::refusal<OutputError>([&] { write_file(folder / "a.csv", "one", true); }),
              testing::HasSubstr("it is a folder"));
  EXPECT_FALSE(fs::exists(part_path(folder / "a.csv")));
}

TEST(Sha256, IsTheStandardsExample) {
  const test::TempDir folder;
  test::write_bytes(folder / "abc", "abc");  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(sha256_of_file(folder / "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of_text("abc"), sha256_of_file(folder / "abc"));
  EXPECT_THROW((void)sha256_of_file(folder / "none"), InputError);
}

TEST(Text, OffersTheNearestWordOnlyIfItIsNear) {
  const std::vector<std::string> words{"blue", "red", "green"};
  EXPECT_EQ(nearest("bleu", words), "blue");
  EXPECT_EQ(nearest("gren", words), "green");
  EXPECT_EQ(nearest("magenta", words), "");
}

TEST(Text, ListsWordsAsASentenceDoes) {
  EXPECT_EQ(listed(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b", "c"}), "a, b and c");
}

TEST(Text, GivesBytesWithADecimalUnit) {
  EXPECT_EQ(human_bytes(999.0), "999 bytes");
  EXPECT_EQ(human_bytes(16.4e9), "16.4 GB");
}

TEST(Text, QuotesACsvFieldThatNeedsIt) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
}

}  // namespace
}  // namespace af
