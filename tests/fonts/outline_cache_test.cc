#include "fonts/outline_cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace af::fonts {
namespace {

/// An outline whose every part tells which key it belongs to.
struct Example {
  explicit Example(int k) {
    for (int i = 0; i < 10 + k % 7; ++i) {
      points.push_back({k, i});
      tags.push_back(static_cast<std::uint8_t>((k + i) % 256));
    }
    ends = {static_cast<std::int16_t>(points.size() - 1)};
    key = {1, U'a', k, k / 2};
  }
  [[nodiscard]] OutlineView view() const { return {{key.x_ppem, 2, 3, 4}, 5, points, tags, ends}; }
  void expect_equal(const OutlineView& other) const {
    EXPECT_EQ(other.box.left, key.x_ppem);
    EXPECT_EQ(other.box.height, 4);
    EXPECT_EQ(other.flags, 5);
    ASSERT_EQ(other.points.size(), points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      EXPECT_EQ(other.points[i].x, points[i].x);
      EXPECT_EQ(other.points[i].y, points[i].y);
      EXPECT_EQ(other.tags[i], tags[i]);
    }
    ASSERT_EQ(other.contour_ends.size(), 1U);
    EXPECT_EQ(other.contour_ends[0], ends[0]);
  }

  OutlineKey key;
  std::vector<OutlinePoint> points;
  std::vector<std::uint8_t> tags;
  std::vector<std::int16_t> ends;
};

TEST(OutlineCache, GivesBackWhatWasPutIn) {
  OutlineCache cache(1 << 16);
  for (int k = 0; k < 50; ++k) cache.insert(Example(k).key, Example(k).view());
  for (int k = 0; k < 50; ++k) {
    const auto found = cache.find(Example(k).key);
    ASSERT_TRUE(found) << k;
    Example(k).expect_equal(*found);
  }
}

TEST(OutlineCache, NeverMistakesOneKeyForAnother) {
  OutlineCache cache(1 << 16);
  const Example example(8);
  cache.insert(example.key, example.view());
  for (OutlineKey other : {OutlineKey{2, U'a', 8, 4}, OutlineKey{1, U'b', 8, 4},
                           OutlineKey{1, U'a', 9, 4}, OutlineKey{1, U'a', 8, 5}}) {
    EXPECT_FALSE(cache.find(other));
  }
}

TEST(OutlineCache, ForgetsTheOldestAndStaysWhole) {
  OutlineCache cache(4096);  // Room for about twenty.
  for (int k = 0; k < 5000; ++k) {
    cache.insert(Example(k).key, Example(k).view());
    const auto newest = cache.find(Example(k).key);
    ASSERT_TRUE(newest);
    Example(k).expect_equal(*newest);
    // Whatever is still found of the others is unharmed.
    for (int old = std::max(0, k - 30); old < k; ++old) {
      if (const auto found = cache.find(Example(old).key)) Example(old).expect_equal(*found);
    }
  }
  EXPECT_FALSE(cache.find(Example(0).key));
}

/// An outline of `count` points whose values are 1.
OutlineView plain(std::size_t count, std::vector<OutlinePoint>& points,
                  std::vector<std::uint8_t>& tags, std::vector<std::int16_t>& ends) {
  points.assign(count, {1, 1});
  tags.assign(count, 1);
  ends = {static_cast<std::int16_t>(count - 1)};
  return {{}, 0, points, tags, ends};
}

TEST(OutlineCache, NeverTakesForARecordWhatWasWrittenOverOne) {
  // Words of the ring: two records of 8, one that fills it nearly, and one that begins anew at 0
  // with points that spell a record's head exactly where the second record's was.
  OutlineCache cache(std::size_t{8192} * 8);
  std::vector<OutlinePoint> points;
  std::vector<std::uint8_t> tags;
  std::vector<std::int16_t> ends;
  const OutlineKey forgotten{3, U'b', 20, 21};
  cache.insert({1, U'a', 1, 1}, plain(1, points, tags, ends));
  cache.insert(forgotten, plain(1, points, tags, ends));
  cache.insert({2, U'a', 2, 2}, plain(7000, points, tags, ends));
  const OutlineView last = plain(300, points, tags, ends);
  points[2] = {3, U'b'};  // Key: face, character,
  points[3] = {20, 21};   // and sizes;
  points[4] = points[5] = {0, 0};
  points[6] = {0, 1};  // flags and the number of points;
  points[7] = {1, 0};  // contours.
  ASSERT_TRUE(cache.find(forgotten));
  cache.insert({4, U'a', 4, 4}, last);
  ASSERT_FALSE(cache.find({1, U'a', 1, 1}));
  EXPECT_FALSE(cache.find(forgotten));
}

TEST(OutlineCache, LeavesOutWhatIsLargerThanItself) {
  OutlineCache cache(64);
  cache.insert(Example(1).key, Example(1).view());
  EXPECT_FALSE(cache.find(Example(1).key));
}

}  // namespace
}  // namespace af::fonts
