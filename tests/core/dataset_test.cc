#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

#include "core/dataset_reader.h"
#include "core/dataset_writer.h"
#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::vector<Column> columns() {
  return {{.name = "x", .type = ElementType::kUint8, .item_shape = {2, 3}},
          {.name = "char", .type = ElementType::kEnum, .vocabulary = {"a", "d", "ü"}},
          {.name = "scale", .type = ElementType::kFloat64}};
}

constexpr std::uint64_t kRows = 10;

/// Appends rows [0, rows) in blocks of at most four.
void append_rows(DatasetWriter& writer, std::uint64_t rows) {
  RowBlock block(writer.columns(), 4);
  for (std::uint64_t first = 0; first < rows; first += 4) {
    const std::uint64_t count = std::min<std::uint64_t>(4, rows - first);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto row = static_cast<std::uint8_t>(first + i);
      for (std::uint8_t& value : block.item<std::uint8_t>(0, i)) value = row;
      block.item<std::uint16_t>(1, i)[0] = static_cast<std::uint16_t>(row % 3);
      block.item<double>(2, i)[0] = 0.5 * row;
    }
    block.set_rows(count);
    writer.append(block);
  }
}

void write_dataset(const fs::path& path, int gzip_level = 0) {
  DatasetWriter writer(path, columns(), kRows,
                       {{"seed", std::int64_t{7}},
                        {"configuration", std::string("p = 0.9\n")},
                        {"palette", std::vector<double>{0.0, 0.5, 1.0}},
                        {"files", std::vector<std::string>{"one", "zwö"}}},
                       {.gzip_level = gzip_level});
  append_rows(writer, kRows);
  writer.close();
}

/// Appends `counts` rows after one another to a column of items of `bytes` bytes, each item's bytes
/// telling its row, and reads them back.
void expect_blocks_come_back(std::uint64_t bytes, const std::vector<std::size_t>& counts) {
  const test::TempDir folder;
  const std::vector<Column> wide{{.name = "x", .type = ElementType::kUint8, .item_shape = {bytes}},
                                 {.name = "y", .type = ElementType::kUint8, .item_shape = {4096}}};
  const std::size_t rows = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
  DatasetWriter writer(folder / "d.h5", wide, rows, {});
  RowBlock block(wide, 64);
  std::size_t row = 0;
  for (const std::size_t count : counts) {
    for (std::size_t i = 0; i < count; ++i, ++row) {
      for (const std::size_t column : {std::size_t{0}, std::size_t{1}}) {
        std::ranges::fill(block.item<std::uint8_t>(column, i),
                          static_cast<std::uint8_t>(row * (column + 1)));
      }
    }
    block.set_rows(count);
    writer.append(block);
  }
  writer.close();
  const DatasetReader reader(folder / "d.h5");
  const auto x = reader.read_all<std::uint8_t>("x");
  const auto y = reader.read_all<std::uint8_t>("y");
  for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(x[i], (i / bytes) % 256) << i;
  for (std::size_t i = 0; i < y.size(); ++i) ASSERT_EQ(y[i], (2 * (i / 4096)) % 256) << i;
}

TEST(DatasetWriter, WritesBlocksOfWholePagesAndOthersSideBySide) {
  expect_blocks_come_back(12288, {64, 64, 16});      // Every block is whole pages.
  expect_blocks_come_back(1024, {64, 3, 1, 64, 4});  // Pages first, then not any more.
  expect_blocks_come_back(1000, {64, 64, 7});        // Never.
  expect_blocks_come_back(128, {32, 32, 3});         // Less than what begins at a page.
}

/// Fills row `i` of the block with what tells that it is row `row` of the data set.
void tell_row(RowBlock& block, std::size_t i, std::size_t row) {
  std::ranges::fill(block.item<std::uint8_t>(0, i), static_cast<std::uint8_t>(row));
  std::ranges::fill(block.item<std::uint8_t>(1, i), static_cast<std::uint8_t>(row / 256));
  block.item<double>(2, i)[0] = static_cast<double>(row);
}

TEST(DatasetWriter, KeepsTheRowsOfNarrowColumnsInOrderHoweverManyAreGathered) {
  const test::TempDir folder;
  const std::vector<Column> mixed{{.name = "x", .type = ElementType::kUint8, .item_shape = {300}},
                                  {.name = "n", .type = ElementType::kUint8, .item_shape = {250}},
                                  {.name = "d", .type = ElementType::kFloat64}};
  constexpr std::size_t kBlock = 900;  // Of 4,096 rows that are gathered: never a whole number.
  constexpr std::size_t kMany = 2 * 4096 + 100;
  DatasetWriter writer(folder / "d.h5", mixed, kMany, {});
  RowBlock block(mixed, kBlock);
  for (std::size_t first = 0; first < kMany; first += kBlock) {
    block.set_rows(std::min(kBlock, kMany - first));
    for (std::size_t i = 0; i < block.rows(); ++i) tell_row(block, i, first + i);
    writer.append(block);
  }
  writer.close();
  const DatasetReader reader(folder / "d.h5");
  const auto x = reader.read_all<std::uint8_t>("x");
  const auto n = reader.read_all<std::uint8_t>("n");
  const auto d = reader.read_all<double>("d");
  for (std::size_t row = 0; row < kMany; ++row) {
    ASSERT_EQ(x[row * 300 + 299], row % 256);
    ASSERT_EQ(n[row * 250], row / 256);
    ASSERT_EQ(n[row * 250 + 249], row / 256);
    ASSERT_EQ(d[row], static_cast<double>(row));
  }
}

/// The sentence of the InputError that opening the file gives.
std::string refusal(const fs::path& path) {
  return test::refusal<InputError>([&] { const DatasetReader reader(path); });
}

class Storage : public testing::TestWithParam<int> {};

TEST_P(Storage, GivesBackRowsVocabularyAndAttributes) {
  const test::TempDir folder;
  write_dataset(folder / "d.h5", GetParam());
  const DatasetReader reader(folder / "d.h5");
  EXPECT_EQ(reader.rows(), kRows);
  EXPECT_EQ(reader.column("char"), columns()[1]);
  EXPECT_EQ(reader.column("x"), columns()[0]);
  const auto scale = reader.read_all<double>("scale");
  const auto letters = reader.read_all<std::uint16_t>("char");
  const auto images = reader.read_all<std::uint8_t>("x");
  for (std::size_t row = 0; row < kRows; ++row) {
    EXPECT_EQ(scale[row], 0.5 * static_cast<double>(row));
    EXPECT_EQ(letters[row], row % 3);
    EXPECT_EQ(images[row * 6 + 5], row);
  }
  EXPECT_EQ(reader.text_attribute("configuration"), "p = 0.9\n");
  EXPECT_EQ(reader.attributes().at("seed"), Attribute(std::int64_t{7}));
  EXPECT_EQ(reader.attributes().at("palette"), Attribute(std::vector<double>{0.0, 0.5, 1.0}));
  EXPECT_EQ(reader.attributes().at("files"), Attribute(std::vector<std::string>{"one", "zwö"}));
}

INSTANTIATE_TEST_SUITE_P(Gzip, Storage, testing::Values(0, 4));

TEST(DatasetReader, ReadsARangeOfRows) {
  const test::TempDir folder;
  write_dataset(folder / "d.h5");
  const DatasetReader reader(folder / "d.h5");
  std::vector<double> scale(3);
  reader.read("scale", 4, 3, std::as_writable_bytes(std::span(scale)));
  EXPECT_THAT(scale, testing::ElementsAre(2.0, 2.5, 3.0));
}

TEST(DatasetReader, NamesTheColumnThatWasProbablyMeant) {
  const test::TempDir folder;
  write_dataset(folder / "d.h5");
  const DatasetReader reader(folder / "d.h5");
  EXPECT_THAT(test::refusal<InputError>([&] { return reader.column("chr"); }),
              HasSubstr("did you mean 'char'?"));
}

TEST(DatasetReader, RefusesWhatIsNoWholeDataSet) {
  const test::TempDir folder;
  EXPECT_THAT(refusal(folder / "none.h5"), HasSubstr("does not exist"));
  test::write_bytes(folder / "text.h5", "label,row\n");
  EXPECT_THAT(refusal(folder / "text.h5"), HasSubstr("is no HDF5 file"));
  write_dataset(folder / "d.h5");
  const std::string bytes = test::file_bytes(folder / "d.h5");
  test::write_bytes(folder / "cut.h5", bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(refusal(folder / "cut.h5"), HasSubstr("truncated"));
}

TEST(DatasetReader, RefusesAnotherSchemaAndAFileThatIsNotComplete) {
  const test::TempDir folder;
  std::optional<DatasetWriter> writer;
  writer.emplace(folder / "d.h5", columns(), kRows, Attributes{});
  append_rows(*writer, kRows);
  // A copy in which nothing says `complete`: what a killed writer leaves.
  std::string bytes;
  writer->close();
  bytes = test::file_bytes(folder / "d.h5");
  const std::size_t mark = bytes.find("complete");
  ASSERT_NE(mark, std::string::npos);
  bytes.replace(mark, 8, "complexe");
  test::write_bytes(folder / "open.h5", bytes);
  EXPECT_THAT(refusal(folder / "open.h5"), HasSubstr("is not complete"));
  bytes = test::file_bytes(folder / "d.h5");
  bytes.replace(bytes.find("schema_version"), 14, "schema_verzion");
  test::write_bytes(folder / "schema.h5", bytes);
  EXPECT_THAT(refusal(folder / "schema.h5"), HasSubstr("no attribute schema_version"));
}

TEST(DatasetWriter, LeavesNothingBehindWithoutClose) {
  const test::TempDir folder;
  {
    DatasetWriter writer(folder / "d.h5", columns(), kRows, {});
    append_rows(writer, 4);
    EXPECT_TRUE(fs::exists(folder / "d.h5.part"));
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(DatasetWriter, ReplacesAFileOnlyWhenTold) {
  const test::TempDir folder;
  test::write_bytes(folder / "d.h5", "precious");
  EXPECT_THROW(write_dataset(folder / "d.h5"), OutputError);
  EXPECT_EQ(test::file_bytes(folder / "d.h5"), "precious");
  DatasetWriter writer(folder / "d.h5", columns(), kRows, {}, {.overwrite = true});
  append_rows(writer, kRows);
  EXPECT_EQ(test::file_bytes(folder / "d.h5"), "precious");
  writer.close();
  EXPECT_EQ(DatasetReader(folder / "d.h5").rows(), kRows);
}

TEST(DatasetWriter, RefusesMoreThanTheDiskHolds) {
  const test::TempDir folder;
  EXPECT_THAT(test::refusal<OutputError>([&] {
                const DatasetWriter writer(folder / "d.h5", columns(), std::uint64_t{1} << 50, {});
              }),
              HasSubstr("PB"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(DatasetWriter, WritesEqualBytesForEqualData) {
  const test::TempDir folder;
  write_dataset(folder / "one.h5");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // HDF5's clock counts seconds.
  write_dataset(folder / "two.h5");
  EXPECT_EQ(test::file_bytes(folder / "one.h5"), test::file_bytes(folder / "two.h5"));
}

TEST(AnyHdf5, HoldsWantedColumnsToOneLengthAndPassesOverOthers) {
  const std::string path = AF_SOURCE_DIR "/tests/golden/any_hdf5.h5";
  const DatasetReader reader(path, FileKind::kAnyHdf5, {"rgb", "word"});
  EXPECT_EQ(reader.rows(), 6U);
  EXPECT_FALSE(reader.has("class_weights"));  // It has two rows.
  EXPECT_FALSE(reader.has_texts("class_names"));
  EXPECT_TRUE(reader.has_texts("word"));
  EXPECT_EQ(reader.read_texts("word"),
            (std::vector<std::string>{"ring", "bar", "ring", "ring", "b\u00e4r", "ring"}));
  EXPECT_EQ(reader.read_texts("fixed"),
            (std::vector<std::string>{"no", "yes", "no", "no", "yes", "no"}));
  EXPECT_THROW((void)reader.read_texts("rgb"), InputError);
  EXPECT_TRUE(reader.has_texts("fixed"));
  EXPECT_THROW((void)reader.column("word"), InputError);
  EXPECT_THROW(DatasetReader(path, FileKind::kAnyHdf5, {"rgb", "class_names"}), InputError);
  EXPECT_THROW(DatasetReader(path, FileKind::kAnyHdf5), InputError);
}

}  // namespace
}  // namespace af
