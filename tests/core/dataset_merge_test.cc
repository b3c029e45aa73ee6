#include "core/dataset_merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "core/dataset_digest.h"
#include "core/dataset_reader.h"
#include "core/dataset_writer.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af {
namespace {

namespace fs = std::filesystem;
using test::file_bytes;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::uint64_t kRows = 1000;

std::vector<Column> columns() {
  // A row of x is an eighth of a page: parts begin and end inside of pages.
  return {{.name = "x", .type = ElementType::kUint8, .item_shape = {512}},
          {.name = "index", .type = ElementType::kInt64},
          {.name = "char", .type = ElementType::kEnum, .vocabulary = {"a", "d", "ü"}}};
}

/// What a data set consists of, and how it is cut.
struct Made {
  std::uint64_t first = 0;
  std::uint64_t rows = kRows;
  Attributes attributes{{"configuration", std::string("p = 0.9\nseed = 7\n")}};
  int gzip_level = 0;
  std::vector<Column> columns = af::columns();
};

void write(const fs::path& path, const Made& made) {
  DatasetWriter writer(path, made.columns, made.rows, made.attributes,
                       {.gzip_level = made.gzip_level});
  RowBlock block(made.columns, block_rows(made.columns));
  for (std::uint64_t done = 0; done < made.rows; done += block.rows()) {
    block.set_rows(std::min<std::uint64_t>(block.capacity(), made.rows - done));
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const std::uint64_t row = made.first + done + i;
      std::ranges::fill(block.item<std::uint8_t>(0, i), static_cast<std::uint8_t>(row % 251));
      block.item<std::int64_t>(1, i)[0] = static_cast<std::int64_t>(row);
      block.item<std::uint16_t>(2, i)[0] = static_cast<std::uint16_t>(row % 3);
    }
    writer.append(block);
  }
  writer.close();
}

Made part(const Shard& shard, Made made = {}) {
  made.first = shard.first(kRows);
  made.rows = shard.end(kRows) - made.first;
  made.attributes[kShardAttribute] = shard.text();
  made.attributes[kWholeRowsAttribute] = static_cast<std::int64_t>(kRows);
  return made;
}

class Merge : public testing::TestWithParam<int> {
 protected:
  fs::path path(const std::string& name) { return folder_ / name; }
  /// Writes all parts and gives their paths, the last first.
  std::vector<fs::path> write_parts(std::uint64_t count, const Made& made = {}) {
    std::vector<fs::path> paths;
    for (std::uint64_t i = count; i > 0; --i) {
      paths.push_back(path(std::to_string(i) + ".h5"));
      write(paths.back(), part({i, count}, made));
    }
    return paths;
  }
  static std::string refusal(const std::vector<fs::path>& paths) {
    return test::refusal<InputError>([&] { return collect_parts(paths); });
  }
  static std::string refusal(const fs::path& file) {
    return test::refusal<InputError>([&] {
      const DatasetReader reader(file);
      (void)reader.read_all<std::uint8_t>("x");
    });
  }

  test::TempDir folder_;
};

TEST(Shard, CutsRowsWithoutGapOrOverlap) {
  for (const std::uint64_t rows :
       {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{1'000'000'000}}) {
    for (const std::uint64_t count : {1U, 2U, 3U, 7U, 1000U}) {
      if (count > rows) continue;
      std::uint64_t next = 0;
      for (std::uint64_t i = 1; i <= count; ++i) {
        const Shard shard{i, count};
        EXPECT_EQ(shard.first(rows), next);
        EXPECT_EQ(shard.first(rows), rows * (i - 1) / count);
        EXPECT_GT(shard.end(rows), next);
        next = shard.end(rows);
      }
      EXPECT_EQ(next, rows);
    }
  }
}

TEST(Shard, ReadsOnlyWhatOneIs) {
  EXPECT_EQ(Shard::parse("2/8"), (Shard{2, 8}));
  EXPECT_EQ(Shard::parse("2/8").text(), "2/8");
  for (const char* bad : {"", "2", "0/8", "9/8", "-1/8", "2/0", "2/8/3", " 2/8", "2/8x", "a/b",
                          "99999999999999999999/8", "1/1000001"}) {
    EXPECT_THROW((void)Shard::parse(bad), ConfigError) << bad;
  }
  EXPECT_THROW((Shard{1, 8}.check(7)), ConfigError);
}

TEST_P(Merge, GivesTheBytesOfTheWholeHoweverItWasCut) {
  write(path("whole.h5"), {.gzip_level = GetParam()});
  for (const std::uint64_t count : {1U, 3U, 8U}) {
    const auto paths = write_parts(count, {.gzip_level = GetParam()});
    copy_parts(collect_parts(paths), path("merged.h5"), true);
    EXPECT_TRUE(file_bytes(path("merged.h5")) == file_bytes(path("whole.h5"))) << count;
    for (const fs::path& one : paths) fs::remove(one);
  }
}

TEST_P(Merge, VirtualFileReadsAsTheWhole) {
  write(path("whole.h5"), {.gzip_level = GetParam()});
  refer_to_parts(collect_parts(write_parts(3, {.gzip_level = GetParam()})), path("virtual.h5"),
                 false);
  const DatasetReader whole(path("whole.h5"));
  const DatasetReader merged(path("virtual.h5"));
  EXPECT_EQ(merged.columns(), whole.columns());
  EXPECT_EQ(merged.attributes(), whole.attributes());
  EXPECT_TRUE(merged.read_all<std::uint8_t>("x") == whole.read_all<std::uint8_t>("x"));
  std::vector<std::int64_t> index(400);  // Begins in the first part and ends in the third.
  merged.read("index", 300, 400, std::as_writable_bytes(std::span(index)));
  EXPECT_EQ(index.front(), 300);
  EXPECT_EQ(index.back(), 699);
  EXPECT_TRUE(std::ranges::is_sorted(index));
}

INSTANTIATE_TEST_SUITE_P(Gzip, Merge, testing::Values(0, 4));

TEST_F(Merge, VirtualFileMayMoveWithItsParts) {
  fs::create_directory(path("one"));
  fs::create_directory(path("one/50%"));
  write(path("one/50%/1.h5"), part({1, 2}));
  write(path("one/2.h5"), part({2, 2}));
  const std::vector<fs::path> paths{path("one/50%/1.h5"), path("one/2.h5")};
  refer_to_parts(collect_parts(paths), path("one/all.h5"), false);
  fs::rename(path("one"), path("two"));
  EXPECT_EQ(DatasetReader(path("two/all.h5")).read_all<std::int64_t>("index")[999], 999);
}

TEST_F(Merge, VirtualFileWithoutItsPartsIsRefused) {
  const auto paths = write_parts(3);
  refer_to_parts(collect_parts(paths), path("all.h5"), false);
  EXPECT_EQ(refusal(path("all.h5")), "not refused");
  fs::rename(path("2.h5"), path("away.h5"));
  EXPECT_THAT(refusal(path("all.h5")),
              AllOf(HasSubstr("all.h5 refers to"), HasSubstr("2.h5"), HasSubstr("does not exist")));
  EXPECT_THROW(DatasetReader(path("all.h5"), FileKind::kAnyHdf5), InputError);
  fs::copy(path("1.h5"), path("2.h5"));
  EXPECT_THAT(refusal(path("all.h5")), HasSubstr("are both shard 1/3"));
  test::write_bytes(path("2.h5"), file_bytes(path("away.h5")).substr(0, 100'000));
  EXPECT_THAT(refusal(path("all.h5")), HasSubstr("truncated"));
  for (const fs::path& one : {path("1.h5"), path("2.h5"), path("3.h5")}) fs::remove(one);
  write_parts(3, {.attributes = {{"configuration", std::string("p = 0.8\nseed = 7\n")}}});
  EXPECT_THAT(refusal(path("all.h5")), HasSubstr("of another data set now"));
}

TEST_F(Merge, DigestOfAVirtualFileIsThatOfItsPartsToo) {
  const auto paths = write_parts(2);
  refer_to_parts(collect_parts(paths), path("all.h5"), false);
  const auto digest = [&](const std::string& name) {
    return sha256_of_dataset(DatasetReader(path(name)));
  };
  const std::string before = digest("all.h5");
  const std::string sums = sha256_of_file(path("all.h5")) + "\n" + sha256_of_file(path("1.h5")) +
                           "\n" + sha256_of_file(path("2.h5")) + "\n";
  EXPECT_EQ(before, sha256_of_text(sums));
  std::string bytes = file_bytes(path("2.h5"));
  bytes[bytes.size() / 2] ^= 1;  // A pixel: columns of pixels are nearly all of it.
  test::write_bytes(path("2.h5"), bytes);
  EXPECT_NE(digest("all.h5"), before);
  EXPECT_EQ(digest("1.h5"), sha256_of_file(path("1.h5")));
}

TEST_F(Merge, RefusesWhatDoesNotBelongTogether) {
  const auto paths = write_parts(2);
  const auto with = [&](const Made& made) {
    write(path("other.h5"), made);
    const std::string sentence = refusal(std::vector<fs::path>{paths[1], path("other.h5")});
    fs::remove(path("other.h5"));
    return sentence;
  };
  EXPECT_THAT(with(part({2, 2}, {.attributes = {{"configuration", std::string("p = 0.8\n")}}})),
              AllOf(HasSubstr("other.h5 does not belong together with"),
                    HasSubstr("has 'p = 0.8' where the other has 'p = 0.9'")));
  EXPECT_THAT(with(part({2, 2}, {.attributes = {{"configuration", std::string("p = 0.9\n")}}})),
              HasSubstr("has 'nothing' where the other has 'seed = 7'"));
  EXPECT_THAT(with(part({3, 4})), HasSubstr("it is shard 3/4, the other 1/2"));
  EXPECT_THAT(with(part({2, 2}, {.gzip_level = 4})), HasSubstr("'gzip_level' differ"));
  Made changed;
  changed.columns.back().vocabulary = {"a", "d", "e"};
  EXPECT_THAT(with(part({2, 2}, changed)), HasSubstr("other columns"));
  EXPECT_THAT(with({}), HasSubstr("other.h5 is no shard"));
  EXPECT_THAT(with(part({1, 2})), HasSubstr("both shard 1/2"));
}

TEST_F(Merge, RefusesMissingAndDamagedParts) {
  auto paths = write_parts(5);
  EXPECT_THAT(refusal(std::vector<fs::path>{paths[0], paths[3]}),
              HasSubstr("3 of 5 shards are missing: 1, 3, 4"));
  paths.back() = path("none.h5");
  EXPECT_THAT(refusal(paths), HasSubstr("none.h5 does not exist"));
  Made shorter = part({1, 5});
  shorter.rows -= 1;
  write(path("none.h5"), shorter);
  EXPECT_THAT(refusal(paths), HasSubstr("is damaged: it has 199 rows; expected 200"));
  fs::remove(path("none.h5"));
  Made shifted = part({1, 5});
  shifted.first += 1;
  write(path("none.h5"), shifted);
  EXPECT_THAT(refusal(paths), HasSubstr("row 0 has index 1; expected 0"));
  Made unknown = part({1, 5});
  unknown.attributes[kShardAttribute] = std::string("6/5");
  fs::remove(path("none.h5"));
  write(path("none.h5"), unknown);
  EXPECT_THAT(refusal(paths), HasSubstr("is damaged: shard is '6/5'"));
}

TEST_F(Merge, NeverWritesOverAPart) {
  const DatasetParts all = collect_parts(write_parts(2));
  const std::string before = file_bytes(path("1.h5"));
  EXPECT_THROW(copy_parts(all, path("1.h5"), true), ConfigError);
  EXPECT_THROW(
      refer_to_parts(all, folder_.path() / ".." / folder_.path().filename() / "1.h5", true),
      ConfigError);
  EXPECT_TRUE(file_bytes(path("1.h5")) == before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 2);
}

TEST_F(Merge, LeavesNothingWhenAPartBreaksOffMidway) {
  const auto paths = write_parts(2);
  const DatasetParts all = collect_parts(paths);
  test::write_bytes(path("2.h5"), file_bytes(path("2.h5")).substr(0, 100'000));
  EXPECT_THROW(copy_parts(all, path("all.h5"), false), InputError);
  EXPECT_FALSE(fs::exists(path("all.h5")));
  EXPECT_FALSE(fs::exists(path("all.h5.part")));
}

TEST(DatasetWriter, RefusesAFileThatAnotherOneIsWriting) {
  const test::TempDir folder;
  DatasetWriter first(folder / "d.h5", columns(), 1, {});
  EXPECT_THAT(test::refusal<OutputError>(
                  [&] { const DatasetWriter second(folder / "d.h5", columns(), 1, {}); }),
              HasSubstr("another process is writing"));
  RowBlock block(columns(), 1);
  block.set_rows(1);
  first.append(block);
  first.close();
  EXPECT_EQ(DatasetReader(folder / "d.h5").rows(), 1U);
}

}  // namespace
}  // namespace af
