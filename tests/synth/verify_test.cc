#include "synth/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "core/dataset_writer.h"
#include "core/errors.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "synth/vocabulary.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::HasSubstr;

DatasetConfig small() {
  DatasetConfig config;
  config.n = 400;
  config.size = 16;
  return config;
}

class Verify : public testing::Test {
 protected:
  /// Writes the rows that `fill` leaves of a source.
  template <class Fill>
  DatasetReader written(RowSource source, Fill fill) {
    const auto inner = source.fill;
    source.fill = [=](std::uint64_t i, Row& row) {
      inner(i, row);
      fill(row);
    };
    write_dataset(source, folder_ / "a.h5", {.overwrite = true});
    return DatasetReader(folder_ / "a.h5");
  }
  DatasetReader written(const DatasetConfig& config) {
    return written(sampled_rows(config), [](Row&) {});
  }

  test::TempDir folder_;
};

TEST_F(Verify, AFileIsWholeAndItsBiasAsConfigured) {
  const DatasetReader file = written(small());
  check_whole(file);
  EXPECT_EQ(check_pixels(file, 50), 50U);
  const auto bias = realised_bias(file, 1e-3, 0.1);
  ASSERT_TRUE(bias.has_value());
  EXPECT_TRUE(bias->as_configured);
  EXPECT_EQ(bias->test.degrees, 3U);
}

TEST_F(Verify, FindsABiasThatIsNotAsConfigured) {
  const DatasetReader file = written(sampled_rows(small()), [](Row& row) {
    if (row.index % 4 == 0) row.color_code = 0;
  });
  EXPECT_FALSE(realised_bias(file, 1e-3, 0.1)->as_configured);
}

TEST_F(Verify, AQuotaIsExactOrNot) {
  DatasetConfig config = small();
  config.draws = Draws::kQuota;
  EXPECT_TRUE(realised_bias(written(config), 1e-3, 0.1)->as_configured);
  const DatasetReader changed = written(sampled_rows(config), [](Row& row) {
    if (row.index == 7) row.color_code = row.color_code == 0 ? 1 : 0;
  });
  const auto bias = realised_bias(changed, 1e-3, 0.1);
  EXPECT_FALSE(bias->as_configured);  // One row in 400, which no test would find.
  EXPECT_GT(bias->test.p_value, 0.1);
}

TEST_F(Verify, ListedRowsHaveNoBias) {
  const std::string rows = AF_SOURCE_DIR "/tests/golden/synbols_strokes_32_rgb.jsonl";
  write_dataset(listed_rows({.attributes = rows}), folder_ / "listed.h5", {});
  const DatasetReader file(folder_ / "listed.h5");
  check_whole(file);
  EXPECT_EQ(check_pixels(file, 1000), file.rows());
  EXPECT_FALSE(realised_bias(file, 1e-3, 0.1).has_value());
}

TEST_F(Verify, NamesTheColumnAndRowThatAreDamaged) {
  const auto damaged = [&](auto change) {
    const DatasetReader file = written(sampled_rows(small()), [&](Row& row) {
      if (row.index == 123) change(row);
    });
    return test::refusal<InputError>([&] { check_whole(file); });
  };
  EXPECT_THAT(damaged([](Row& row) { row.color_code = 9; }),
              HasSubstr("a.h5 is damaged: column 'color', row 123 has 9"));
  EXPECT_THAT(damaged([](Row& row) { row.index = 5; }),
              HasSubstr("column 'index', row 123 has 5; expected 123"));
}

/// A code that no vocabulary has would be read from beyond its end.
TEST_F(Verify, RowsToBeDrawnAgainThatAreDamagedAreRefused) {
  written(sampled_rows(small()), [](Row& row) {
    if (row.index == 123) row.color_code = 9;
  });
  const RowSource again = listed_rows({.attributes = folder_ / "a.h5"});
  Row row;
  again.fill(122, row);
  EXPECT_THAT(test::refusal<InputError>([&] { again.fill(123, row); }),
              HasSubstr("a.h5 is damaged: row 123: column 'color' has 9"));
}

TEST_F(Verify, NeedsTheFontsThatAFileWasMadeWith) {
  const DatasetReader whole = written(small());
  const auto hashes =
      std::get<std::vector<std::string>>(whole.attributes().find(kFontHashes)->second);
  std::string bytes = test::file_bytes(folder_ / "a.h5");
  const std::size_t at = bytes.find(hashes.front());
  ASSERT_NE(at, std::string::npos);
  bytes[at] = bytes[at] == '0' ? '1' : '0';
  test::write_bytes(folder_ / "other.h5", bytes);
  EXPECT_THAT(
      test::refusal<InputError>([&] { return listed_rows({.attributes = folder_ / "other.h5"}); }),
      HasSubstr("is not the font that the file was made with"));
}

TEST_F(Verify, FindsPixelsThatAreNotWhatTheirColumnsSay) {
  const DatasetReader whole = written(small());
  std::string bytes = test::file_bytes(folder_ / "a.h5");
  // The first pixel of the file's largest column.
  std::vector<std::uint8_t> image(whole.column("x").item_bytes());
  whole.read("x", 0, 1, std::as_writable_bytes(std::span(image)));
  const std::string pixels(image.begin(), image.end());
  const std::size_t at = bytes.find(pixels);
  ASSERT_NE(at, std::string::npos);
  bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
  test::write_bytes(folder_ / "b.h5", bytes);
  const DatasetReader changed(folder_ / "b.h5");
  check_whole(changed);
  EXPECT_THAT(test::refusal<InputError>([&] { (void)check_pixels(changed, 10); }),
              HasSubstr("'x' of row 0 is not what its columns say"));
}

}  // namespace
}  // namespace af::synth
