#include "fonts/glyph_painter.h"

#include <ft2build.h>
#include FT_OUTLINE_H

#include <algorithm>

namespace af::fonts {
namespace {

constexpr int kMostEms = 8;
constexpr FT_Int32 kLoadFlags = FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP;

/// FNV-1a, after Fowler, Noll and Vo.
class Fingerprint {
 public:
  void add(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001B3U; }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325U;
};

std::uint64_t identity_of(const Painting& painting, FT_Pos left, FT_Pos bottom) {
  Fingerprint fingerprint;
  fingerprint.add(static_cast<std::uint64_t>(painting.width));
  fingerprint.add(static_cast<std::uint64_t>(left));
  fingerprint.add(static_cast<std::uint64_t>(bottom));
  for (const std::uint8_t byte : painting.coverage) fingerprint.add(byte);
  return fingerprint.value();
}

}  // namespace

GlyphPainter::GlyphPainter(FT_Library library, Face& face, int pixels)
    : library_(library), face_(face), pixels_(pixels) {
  face.set_upright(pixels);
}

Painting GlyphPainter::paint(char32_t character) {
  return paint_glyph(FT_Get_Char_Index(face_.handle(), character));
}

Painting GlyphPainter::paint_glyph(FT_UInt glyph) {
  if (FT_Load_Glyph(face_.handle(), glyph, kLoadFlags) != 0) return {};
  const FT_GlyphSlot slot = face_.handle()->glyph;
  if (slot->format != FT_GLYPH_FORMAT_OUTLINE) return {};
  return raster(slot->outline);
}

Painting GlyphPainter::raster(FT_Outline& outline) {
  if (outline.n_points == 0) return {.drawn = Drawn::kNothing};
  FT_BBox box;
  FT_Outline_Get_CBox(&outline, &box);
  const FT_Pos left = box.xMin >> 6;
  const FT_Pos bottom = box.yMin >> 6;
  const FT_Pos width = ((box.xMax + 63) >> 6) - left;
  const FT_Pos height = ((box.yMax + 63) >> 6) - bottom;
  const FT_Pos most = FT_Pos{kMostEms} * pixels_;
  if (width > most || height > most) return {.drawn = Drawn::kTooLarge};
  Painting painting{Drawn::kPicture, static_cast<int>(width), static_cast<int>(height), 0, {}};
  coverage_.assign(static_cast<std::size_t>(width * height), 0);
  if (coverage_.empty()) return {.drawn = Drawn::kNothing};
  FT_Bitmap target{};
  target.rows = static_cast<unsigned>(height);
  target.width = static_cast<unsigned>(width);
  target.pitch = static_cast<int>(width);
  target.buffer = coverage_.data();
  target.num_grays = 256;
  target.pixel_mode = FT_PIXEL_MODE_GRAY;
  FT_Outline_Translate(&outline, -left * 64, -bottom * 64);
  if (FT_Outline_Get_Bitmap(library_, &outline, &target) != 0) return {};
  if (std::ranges::all_of(coverage_, [](std::uint8_t c) { return c == 0; })) {
    return {.drawn = Drawn::kNothing};
  }
  painting.coverage = coverage_;
  painting.identity = identity_of(painting, left, bottom);
  return painting;
}

}  // namespace af::fonts
