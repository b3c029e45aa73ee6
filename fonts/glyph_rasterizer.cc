#include "fonts/glyph_rasterizer.h"

#include <fmt/format.h>
#include <ft2build.h>
#include FT_OUTLINE_H

#include <algorithm>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "core/errors.h"
#include "fonts/characters.h"
#include "fonts/face.h"
#include "fonts/outline_cache.h"

namespace af::fonts {
namespace {

constexpr int kMaxBitmapSide = 16384;
constexpr std::size_t kMaxUnitExtents = std::size_t{1} << 16;

using Tag = std::remove_pointer_t<decltype(FT_Outline::tags)>;
using ContourEnd = std::remove_pointer_t<decltype(FT_Outline::contours)>;

/// Copy of an outline that may be transformed; keeps its storage from glyph to glyph.
class Scratch {
 public:
  FT_Outline& assign(const OutlineView& from) {
    points_.resize(from.points.size());
    std::ranges::transform(from.points, points_.begin(), [](const OutlinePoint& p) {
      return FT_Vector{p.x, p.y};
    });
    tags_.assign(from.tags.begin(), from.tags.end());
    ends_.assign(from.contour_ends.begin(), from.contour_ends.end());
    outline_.n_points = static_cast<decltype(outline_.n_points)>(points_.size());
    outline_.n_contours = static_cast<decltype(outline_.n_contours)>(ends_.size());
    outline_.points = points_.data();
    outline_.tags = tags_.data();
    outline_.contours = ends_.data();
    outline_.flags = from.flags;
    return outline_;
  }

 private:
  std::vector<FT_Vector> points_;
  std::vector<Tag> tags_;
  std::vector<ContourEnd> ends_;
  FT_Outline outline_{};
};

/// A loaded outline in the cache's own types; keeps its storage from glyph to glyph.
class Loaded {
 public:
  OutlineView assign(const FT_GlyphSlot slot) {
    const FT_Outline& from = slot->outline;
    const auto count = static_cast<std::size_t>(from.n_points);
    points_.clear();
    for (const FT_Vector& p : std::span(from.points, count)) {
      points_.push_back({static_cast<std::int32_t>(p.x), static_cast<std::int32_t>(p.y)});
    }
    tags_.assign(from.tags, from.tags + count);
    ends_.assign(from.contours, from.contours + from.n_contours);
    return {box_of(slot), from.flags, points_, tags_, ends_};
  }

 private:
  std::vector<OutlinePoint> points_;
  std::vector<std::uint8_t> tags_;
  std::vector<std::int16_t> ends_;
};

/// Outlines that several threads read and add to. What is found is copied under the lock: a view
/// would not outlive the next addition.
class SharedOutlines {
 public:
  explicit SharedOutlines(std::size_t bytes) : cache_(bytes) {}

  /// Gives the outline to `take`; false if there is none.
  template <class Take>
  bool find(const OutlineKey& key, Take take) const {
    const std::shared_lock lock(mutex_);
    const std::optional<OutlineView> found = cache_.find(key);
    if (found) take(*found);
    return found.has_value();
  }
  void insert(const OutlineKey& key, const OutlineView& outline) {
    const std::scoped_lock lock(mutex_);
    cache_.insert(key, outline);
  }

 private:
  mutable std::shared_mutex mutex_;
  OutlineCache cache_;
};

struct UnitKey {
  std::size_t face;
  char32_t character;
  int resolution;
  bool operator==(const UnitKey&) const = default;
};
struct UnitKeyHash {
  std::size_t operator()(const UnitKey& key) const noexcept {
    return (key.face * 0x110000U + key.character) * 1024U + static_cast<unsigned>(key.resolution);
  }
};

}  // namespace

struct GlyphRasterizer::State {
  /// An outline in its final shape, and the grid-fitted box it had upright.
  struct Shaped {
    FT_Outline* outline = nullptr;
    GlyphBox box;
  };

  FreeTypeLibrary library = start_freetype();  // Outlives the faces.
  std::vector<FaceFile> files;
  std::vector<std::optional<Face>> faces;
  std::unordered_map<UnitKey, double, UnitKeyHash> unit_extents;
  std::shared_ptr<SharedOutlines> outlines;  ///< Null: nothing is kept.
  std::vector<char32_t> expected;
  GlyphCacheStatistics statistics;
  Scratch scratch;
  Loaded loaded;
  std::vector<std::uint8_t> coverage;

  Face& face(std::size_t number) {
    std::optional<Face>& face = faces.at(number);
    if (!face) face.emplace(library.get(), files[number]);
    return *face;
  }

  double unit_extent(const UnitKey& key) {
    if (const auto found = unit_extents.find(key); found != unit_extents.end()) {
      return found->second;
    }
    if (unit_extents.size() >= kMaxUnitExtents) unit_extents.clear();
    return unit_extents[key] = face(key.face).unit_extent(key.character, key.resolution);
  }

  /// Puts the upright outline into the scratch.
  Shaped upright(const OutlineKey& key) {
    Shaped shaped;
    const auto take = [&](const OutlineView& from) { shaped = {&scratch.assign(from), from.box}; };
    if (outlines->find(key, take)) {
      ++statistics.hits;
      return shaped;
    }
    ++statistics.misses;
    for (const char32_t character : expected) {
      const OutlineKey other{key.face, character, key.x_ppem, key.y_ppem};
      const auto nothing = [](const OutlineView&) {};
      if (other != key && face(key.face).has(character) && !outlines->find(other, nothing)) {
        (void)load(other);
      }
    }
    take(load(key));
    return shaped;
  }

  OutlineView load(const OutlineKey& key) {
    const OutlineView outline =
        loaded.assign(face(key.face).load_upright(key.character, key.x_ppem, key.y_ppem));
    outlines->insert(key, outline);
    return outline;
  }

  Shaped shape(std::size_t number, char32_t character, const GlyphTransform& transform) {
    Face& from = face(number);
    if (!outlines || !from.rounds_size() || transform.rest.keeps_axes()) {
      ++statistics.bypassed;
      const FT_GlyphSlot slot = from.load(character, transform);
      return {&slot->outline, box_of(slot)};
    }
    const auto rounded = [](std::int32_t size_26_6) { return (size_26_6 + 32) >> 6; };
    const Shaped shaped = upright({static_cast<std::uint32_t>(number), character,
                                   rounded(transform.x_26_6), rounded(transform.y_26_6)});
    const FixedMatrix& m = transform.rest;
    const FT_Matrix matrix{m.xx, m.xy, m.yx, m.yy};
    FT_Outline_Transform(shaped.outline, &matrix);
    return shaped;
  }

  void raster(FT_Outline& outline, const GlyphBitmap& bitmap) {
    coverage.assign(
        static_cast<std::size_t>(bitmap.width) * static_cast<std::size_t>(bitmap.height), 0);
    FT_Bitmap target{};
    target.rows = static_cast<unsigned>(bitmap.height);
    target.width = static_cast<unsigned>(bitmap.width);
    target.pitch = bitmap.width;
    target.buffer = coverage.data();
    target.num_grays = 256;
    target.pixel_mode = FT_PIXEL_MODE_GRAY;
    if (FT_Outline_Get_Bitmap(library.get(), &outline, &target) != 0) {
      throw InputError("FreeType could not raster an outline");
    }
  }
};

GlyphRasterizer::GlyphRasterizer(std::span<const FaceFile> faces, std::size_t cache_bytes)
    : state_(std::make_unique<State>()) {
  state_->files.assign(faces.begin(), faces.end());
  state_->faces.resize(faces.size());
  if (cache_bytes > 0) state_->outlines = std::make_shared<SharedOutlines>(cache_bytes);
}

GlyphRasterizer GlyphRasterizer::sibling() const {
  GlyphRasterizer other(state_->files, 0);
  other.state_->outlines = state_->outlines;
  other.state_->expected = state_->expected;
  return other;
}

GlyphRasterizer::~GlyphRasterizer() = default;
GlyphRasterizer::GlyphRasterizer(GlyphRasterizer&&) noexcept = default;
GlyphRasterizer& GlyphRasterizer::operator=(GlyphRasterizer&&) noexcept = default;

bool GlyphRasterizer::has(std::size_t face, char32_t character) {
  return state_->face(face).has(character);
}

void GlyphRasterizer::expect(std::span<const char32_t> characters) {
  state_->expected.assign(characters.begin(), characters.end());
}

const GlyphCacheStatistics& GlyphRasterizer::cache_statistics() const noexcept {
  return state_->statistics;
}

GlyphBitmap GlyphRasterizer::draw(std::size_t face, char32_t character, const GlyphPose& pose,
                                  int resolution) {
  const double size = pose.scale / state_->unit_extent({face, character, resolution});
  const GlyphTransform transform =
      split(font_matrix(size, pose.rotation_rad, pose.slanted), resolution);
  const auto [outline, box] = state_->shape(face, character, transform);
  FT_BBox control;
  FT_Outline_Get_CBox(outline, &control);
  const auto x0 = static_cast<int>(control.xMin >> 6);
  const auto y1 = static_cast<int>((control.yMax + 63) >> 6);
  const auto y0 = static_cast<int>(control.yMin >> 6);
  const GlyphPlacement at = place(transform, box, pose.translation, resolution);
  GlyphBitmap bitmap{at.x + x0, at.y - y1, static_cast<int>((control.xMax + 63) >> 6) - x0,
                     y1 - y0,   {},        at.extent};
  if (bitmap.width > kMaxBitmapSide || bitmap.height > kMaxBitmapSide) {
    throw InputError(fmt::format("{} would be {} x {} pixels large, more than {} on a side",
                                 named(character), bitmap.width, bitmap.height, kMaxBitmapSide));
  }
  const bool seen = bitmap.width > 0 && bitmap.height > 0 && bitmap.left < resolution &&
                    bitmap.top < resolution && bitmap.left + bitmap.width > 0 &&
                    bitmap.top + bitmap.height > 0;
  if (!seen) return bitmap;
  // A bitmap of its own box, not the image: FreeType's rounding depends on the bitmap's place.
  FT_Outline_Translate(outline, -x0 * 64L, -y0 * 64L);
  state_->raster(*outline, bitmap);
  bitmap.coverage = state_->coverage;
  return bitmap;
}

}  // namespace af::fonts
