#include "fonts/glyph_rasterizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "core/errors.h"
#include "fonts/characters.h"
#include "fonts/coverage_raster.h"
#include "fonts/face.h"
#include "fonts/outline_cache.h"
#include "fonts/shaped_outline.h"

namespace af::fonts {
namespace {

constexpr int kMaxBitmapSide = 16384;
constexpr std::size_t kMaxUnitExtents = std::size_t{1} << 16;

/// A loaded outline in the cache's own types; keeps its storage from glyph to glyph.
class Loaded {
 public:
  /// Takes the glyph that the face loaded last.
  OutlineView take(const Face& face) {
    const FT_Outline& from = face.handle()->glyph->outline;
    const auto count = static_cast<std::size_t>(from.n_points);
    points_.clear();
    for (const FT_Vector& p : std::span(from.points, count)) {
      points_.push_back({static_cast<std::int32_t>(p.x), static_cast<std::int32_t>(p.y)});
    }
    tags_.assign(from.tags, from.tags + count);
    ends_.assign(from.contours, from.contours + from.n_contours);
    return {face.box(), from.flags, points_, tags_, ends_};
  }

 private:
  std::vector<OutlinePoint> points_;
  std::vector<std::uint8_t> tags_;
  std::vector<std::int16_t> ends_;
};

/// Outlines that several threads read and add to, in parts with a lock each: threads seldom meet at
/// one. What is found is used under the lock: a view would not outlive the next addition.
class SharedOutlines {
 public:
  explicit SharedOutlines(std::size_t bytes) {
    const std::size_t parts = std::clamp<std::size_t>(bytes / kLeastPartBytes, 1, kMostParts);
    for (std::size_t i = 0; i < parts; ++i) parts_.emplace_back(bytes / parts);
  }

  /// Gives the outline to `take`; false if there is none.
  template <class Take>
  bool find(const OutlineKey& key, Take take) const {
    const Part& part = parts_[place_of(key)];
    const std::shared_lock lock(part.mutex);
    const std::optional<OutlineView> found = part.cache.find(key);
    if (found) take(*found);
    return found.has_value();
  }
  void insert(const OutlineKey& key, const OutlineView& outline) {
    Part& part = parts_[place_of(key)];
    const std::scoped_lock lock(part.mutex);
    part.cache.insert(key, outline);
  }

 private:
  struct Part {
    explicit Part(std::size_t bytes) : cache(bytes) {}
    mutable std::shared_mutex mutex;
    OutlineCache cache;
  };
  static constexpr std::size_t kLeastPartBytes = std::size_t{1} << 17;
  static constexpr std::size_t kMostParts = 64;

  /// By bits that its table does not look at.
  [[nodiscard]] std::size_t place_of(const OutlineKey& key) const {
    return (mixed(key) >> 52) % parts_.size();
  }

  std::deque<Part> parts_;
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
  FreeTypeLibrary library = start_freetype();  // Outlives the faces.
  std::vector<FaceFile> files;
  std::vector<std::optional<Face>> faces;
  std::unordered_map<UnitKey, double, UnitKeyHash> unit_extents;
  std::shared_ptr<SharedOutlines> outlines;  ///< Null: nothing is kept.
  std::vector<char32_t> expected;
  GlyphCacheStatistics statistics;
  ShapedOutline shaped;
  Loaded loaded;
  CoverageRaster raster;

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

  /// Shapes the outline that the key names.
  void shape(const OutlineKey& key, const FixedMatrix& matrix) {
    const auto take = [&](const OutlineView& from) { shaped.assign(from, matrix); };
    if (outlines->find(key, take)) {
      ++statistics.hits;
      return;
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
  }

  OutlineView load(const OutlineKey& key) {
    Face& from = face(key.face);
    from.load_upright(key.character, key.x_ppem, key.y_ppem);
    const OutlineView outline = loaded.take(from);
    outlines->insert(key, outline);
    return outline;
  }

  void shape(std::size_t number, char32_t character, const GlyphTransform& transform) {
    Face& from = face(number);
    if (!outlines || !from.rounds_size() || transform.rest.keeps_axes()) {
      ++statistics.bypassed;
      from.load(character, transform);
      shaped.assign(loaded.take(from));
      return;
    }
    const auto rounded = [](std::int32_t size_26_6) { return (size_26_6 + 32) >> 6; };
    shape({static_cast<std::uint32_t>(number), character, rounded(transform.x_26_6),
           rounded(transform.y_26_6)},
          transform.rest);
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
  state_->shape(face, character, transform);
  ShapedOutline& outline = state_->shaped;
  const PixelBox box = outline.box();  // y up.
  const GlyphPlacement at = place(transform, outline.view().box, pose.translation, resolution,
                                  state_->face(face).reach(transform, resolution));
  GlyphBitmap bitmap{at.x + box.first_column,
                     at.y - box.last_row,
                     box.last_column - box.first_column,
                     box.last_row - box.first_row,
                     {},
                     at.extent,
                     at.reach};
  if (bitmap.width > kMaxBitmapSide || bitmap.height > kMaxBitmapSide) {
    throw InputError(fmt::format("{} would be {} x {} pixels large, more than {} on a side",
                                 named(character), bitmap.width, bitmap.height, kMaxBitmapSide));
  }
  const bool seen = bitmap.width > 0 && bitmap.height > 0 && bitmap.left < resolution &&
                    bitmap.top < resolution && bitmap.left + bitmap.width > 0 &&
                    bitmap.top + bitmap.height > 0;
  if (!seen) return bitmap;
  // A bitmap of its own box, not the image: rounding depends on the bitmap's place.
  outline.move(-box.first_column, -box.first_row);
  bitmap.coverage = state_->raster.fill(outline.view(), bitmap.width, bitmap.height);
  return bitmap;
}

}  // namespace af::fonts
