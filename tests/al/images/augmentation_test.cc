#include "al/images/augmentation.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <map>

#include "al/images/resident_images.h"
#include "core/random.h"

namespace af::al {
namespace {

constexpr AugmentedEpoch kEpoch{.augmentation = {.flip = true, .shift = 2}, .seed = 3, .step = 1};

ImageTable random_table(std::int64_t rows, std::int64_t height, std::int64_t width) {
  ImageTable table{.rows = rows, .height = height, .width = width, .channels = 3};
  table.pixels.resize(static_cast<std::size_t>(rows * table.image_bytes()));
  Stream stream(1, Purpose::kTest, 0);
  for (std::uint8_t& value : table.pixels) value = static_cast<std::uint8_t>(stream.bits());
  return table;
}

ResidentImages resident(const ImageTable& table, Normalisation by = Normalisation::kUnit) {
  return {table, normalising_statistics(by, table), at::kCPU};
}

TEST(Augmentation, FlipsHalfAndMovesToEveryPlaceAlike) {
  std::map<std::int64_t, int> down;
  std::map<std::int64_t, int> right;
  std::map<std::pair<std::int64_t, std::int64_t>, int> both;
  int flipped = 0;
  constexpr int kRows = 5000;
  for (int row = 0; row < kRows; ++row) {
    const Placement placed = placement(kEpoch, row);
    flipped += placed.flipped ? 1 : 0;
    ++down[placed.down];
    ++right[placed.right];
    ++both[{placed.down, placed.right}];
  }
  EXPECT_NEAR(flipped, kRows / 2, 4 * 36);  // Four standard deviations.
  for (const auto& counts : {down, right}) {
    ASSERT_EQ(counts.size(), 5U);
    EXPECT_EQ(counts.begin()->first, -2);
    for (const auto& [shift, count] : counts) EXPECT_NEAR(count, kRows / 5, 4 * 29) << shift;
  }
  ASSERT_EQ(both.size(), 25U);
  for (const auto& [shift, count] : both) {
    EXPECT_NEAR(count, kRows / 25, 4 * 14) << shift.first << ", " << shift.second;
  }
}

TEST(Augmentation, DrawsByRowAndEpochAndEachChangeForItself) {
  AugmentedEpoch moved_only = kEpoch;
  moved_only.augmentation.flip = false;
  AugmentedEpoch next = kEpoch;
  ++next.epoch;
  int differs = 0;
  for (std::int64_t row = 0; row < 50; ++row) {
    EXPECT_EQ(placement(moved_only, row).down, placement(kEpoch, row).down);
    EXPECT_FALSE(placement(moved_only, row).flipped);
    if (placement(next, row).down != placement(kEpoch, row).down) ++differs;
  }
  EXPECT_GT(differs, 20);
}

TEST(Augmentation, PlacesEachImageOfABatchAsItsRowIsDrawn) {
  constexpr std::int64_t kHeight = 8;
  constexpr std::int64_t kWidth = 11;
  const ImageTable table = random_table(30, kHeight, kWidth);
  const ResidentImages images = resident(table);
  const std::vector<std::int64_t> numbers{7, 0, 29, 7, 13};
  const at::Tensor rows = at::tensor(numbers);
  const at::Tensor plain = images.batch(rows);
  const PixelSources sources = images.sources(numbers, kEpoch);
  const at::Tensor placed = images.batch(rows, sources);
  EXPECT_TRUE(placed.is_contiguous(at::MemoryFormat::ChannelsLast));
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const Placement where = placement(kEpoch, rows[i].item<std::int64_t>());
    at::Tensor expected = where.flipped ? plain[i].flip(2) : plain[i];
    const auto from = [](std::int64_t size, std::int64_t by) {
      return (at::arange(size, at::kLong) - by).clamp(0, size - 1);
    };
    expected = expected.index_select(1, from(kHeight, where.down))
                   .index_select(2, from(kWidth, where.right));
    EXPECT_TRUE(at::equal(placed[i], expected)) << "image " << i;
  }
  EXPECT_TRUE(at::equal(placed[0], placed[3]));
  EXPECT_FALSE(at::equal(placed, plain));
}

TEST(Augmentation, IsNoneUnlessAskedFor) {
  const ImageTable table = random_table(4, 8, 8);
  const ResidentImages images = resident(table);
  const at::Tensor rows = at::arange(4, at::kLong);
  const PixelSources sources = images.sources(std::vector<std::int64_t>{0, 1, 2, 3}, {.seed = 3});
  EXPECT_TRUE(at::equal(images.batch(rows, sources), images.batch(rows)));
}

TEST(Normalisation, IsByThePoolByImageNetOrByTheRangeOfBytes) {
  const ImageTable table = random_table(20, 8, 8);
  const at::Tensor rows = at::arange(20, at::kLong);
  const at::Tensor unit = resident(table).batch(rows);
  EXPECT_GE(unit.min().item<float>(), 0);
  EXPECT_LE(unit.max().item<float>(), 1);
  const at::Tensor pool = resident(table, Normalisation::kPool).batch(rows);
  EXPECT_NEAR(pool.mean().item<double>(), 0, 1e-5);
  EXPECT_NEAR(pool.std(false).item<double>(), 1, 1e-3);
  const at::Tensor mean = at::tensor({.485, .456, .406}, at::kFloat).view({1, 3, 1, 1});
  const at::Tensor deviation = at::tensor({.229, .224, .225}, at::kFloat).view({1, 3, 1, 1});
  const at::Tensor imagenet = resident(table, Normalisation::kImageNet).batch(rows);
  EXPECT_TRUE(at::allclose(imagenet, (unit - mean) / deviation, 1e-4, 1e-5));
}

}  // namespace
}  // namespace af::al
