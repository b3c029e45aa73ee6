#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/pages.h"
#include "fonts/glyph_transform.h"

namespace af::fonts {

/// What a hinted outline depends on: hinting happens upright and at whole pixels per em.
struct OutlineKey {
  std::uint32_t face = 0;
  char32_t character = 0;
  std::int32_t x_ppem = 0;
  std::int32_t y_ppem = 0;
  bool operator==(const OutlineKey&) const = default;
};

/// All bits of a key in every bit (SplitMix64 of Steele, Lea and Flood 2014).
[[nodiscard]] std::uint64_t mixed(const OutlineKey& key);

/// A point in 26.6 fixed point, y up.
struct OutlinePoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
};

/// A glyph's hinted outline before rotation and slant, in the terms of FreeType's FT_Outline.
struct OutlineView {
  GlyphBox box;
  std::int32_t flags = 0;
  std::span<const OutlinePoint> points;
  std::span<const std::uint8_t> tags;          ///< One a point.
  std::span<const std::int16_t> contour_ends;  ///< Number of each contour's last point.
};

/// Outlines kept in a ring of fixed size: the newest overwrites the oldest, so memory is bounded
/// and nothing is allocated after construction. Not thread-safe.
class OutlineCache {
 public:
  /// @param bytes  Size of the ring; outlines take about half a kilobyte each.
  explicit OutlineCache(std::size_t bytes);

  /// The views stay valid until the next `insert`.
  [[nodiscard]] std::optional<OutlineView> find(const OutlineKey& key) const;
  /// Keeps a copy, unless the outline is larger than the whole ring.
  void insert(const OutlineKey& key, const OutlineView& outline);

 private:
  struct Record;
  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

  [[nodiscard]] bool alive(std::uint64_t position) const;
  [[nodiscard]] const Record* record(std::uint64_t position) const;
  [[nodiscard]] std::uint64_t allot(std::size_t words);
  void remember(const OutlineKey& key, std::uint64_t position);

  Pages pages_;
  std::span<std::uint64_t> ring_;         ///< In the pages: memory is taken as it fills.
  std::vector<std::uint64_t> positions_;  ///< Hash table: where in the ring a key's record begins.
  std::uint64_t end_ = 0;                 ///< Words ever written; position p lies at p mod size.
};

}  // namespace af::fonts
