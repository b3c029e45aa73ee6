#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "fonts/face_file.h"
#include "fonts/glyph_transform.h"

namespace af::fonts {

/// Coverage of a glyph, 0..255, in a bitmap of exactly its control box. The bitmap may stick out
/// of the image.
struct GlyphBitmap {
  int left = 0;  ///< Image column of the first bitmap column.
  int top = 0;   ///< Image row of the first bitmap row.
  int width = 0;
  int height = 0;
  std::span<const std::uint8_t> coverage;  ///< [height, width]; empty if it misses the image.
  PixelBox extent;  ///< What Cairo takes the glyph to cover; a gradient's rounding depends on it.
  PixelBox reach;   ///< What Cairo takes any glyph of the face to cover, drawn there.
};

struct GlyphCacheStatistics {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t bypassed = 0;  ///< Upright poses, and faces that do not round their size.
};

/// Draws single glyphs, bit for bit as Cairo 1.16 does for Synbols. Outlines are hinted once for
/// each (face, character, rounded size) and kept; then only transformed and rastered. Not
/// thread-safe: one for each thread.
class GlyphRasterizer {
 public:
  static constexpr std::size_t kDefaultCacheBytes = std::size_t{12} << 20;

  /// @param faces        What `face` below counts in; opened when first drawn from.
  /// @param cache_bytes  0 turns the cache off; the pixels are the same.
  explicit GlyphRasterizer(std::span<const FaceFile> faces,
                           std::size_t cache_bytes = kDefaultCacheBytes);
  ~GlyphRasterizer();
  /// One of the same faces for another thread, which keeps its outlines together with this one: a
  /// size is prepared once for all of them.
  [[nodiscard]] GlyphRasterizer sibling() const;
  GlyphRasterizer(GlyphRasterizer&&) noexcept;
  GlyphRasterizer& operator=(GlyphRasterizer&&) noexcept;

  /// @throws InputError if the font file cannot be read.
  [[nodiscard]] bool has(std::size_t face, char32_t character);

  /// The bitmap stays valid until the next call.
  /// @param resolution  Side of the image, in pixels.
  /// @throws InputError if the font cannot be read or scaled, or the glyph would span more than
  ///         16,384 pixels.
  [[nodiscard]] GlyphBitmap draw(std::size_t face, char32_t character, const GlyphPose& pose,
                                 int resolution);

  /// Names the characters that will be drawn most. To prepare a size costs twenty times what a
  /// glyph of it then does, so these are hinted together. Changes no pixel.
  void expect(std::span<const char32_t> characters);

  [[nodiscard]] const GlyphCacheStatistics& cache_statistics() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace af::fonts
