#include "fonts/face.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include FT_FONT_FORMATS_H
#include FT_SYNTHESIS_H
#include FT_TRUETYPE_TABLES_H

#include "core/errors.h"
#include "fonts/characters.h"

namespace af::fonts {
namespace {

constexpr FT_Int32 kLoadFlags = FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP;
constexpr FT_UInt kDotsPerInch = 72;  // Makes a point a pixel.
constexpr double kLeastExtent = 0.1;
constexpr FT_UShort kRoundPpem = 1U << 3;

FT_Pos floor_26_6(FT_Pos value) { return value & -64; }
FT_Pos ceil_26_6(FT_Pos value) { return (value + 63) & -64; }
FT_Pos round_26_6(FT_Pos value) { return (value + 32) & -64; }

bool size_is_rounded(FT_Face face) {
  if (std::string_view(FT_Get_Font_Format(face)) != "TrueType") return false;
  const auto* head = static_cast<const TT_Header*>(FT_Get_Sfnt_Table(face, FT_SFNT_HEAD));
  return head != nullptr && (head->Flags & kRoundPpem) != 0;
}

}  // namespace

FreeTypeLibrary start_freetype() {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) throw InputError("FreeType could not be started");
  return FreeTypeLibrary{library};
}

Face::Face(FT_Library library, const FaceFile& file)
    : name_(file.name()), emboldened_(file.emboldened), unhinted_(file.unhinted) {
  FT_Face face = nullptr;
  if (FT_New_Face(library, file.path.c_str(), file.index, &face) != 0) {
    throw InputError(fmt::format("{} cannot be read as a font", file.path.string()));
  }
  face_.reset(face);
  if (!FT_IS_SCALABLE(face)) {
    throw InputError(fmt::format("{} has no outlines, only bitmaps", file.path.string()));
  }
  rounds_size_ = !emboldened_ && !unhinted_ && size_is_rounded(face);
}

bool Face::has(char32_t character) const { return FT_Get_Char_Index(face_.get(), character) != 0; }

void Face::set_size(std::int32_t x_26_6, std::int32_t y_26_6) {
  if (size_ == std::pair{x_26_6, y_26_6}) return;  // FreeType would prepare it again.
  size_.reset();
  if (FT_Set_Char_Size(face_.get(), x_26_6, y_26_6, kDotsPerInch, kDotsPerInch) != 0) {
    throw InputError(
        fmt::format("{} cannot be scaled to {} x {} pixels", name_, x_26_6 / 64, y_26_6 / 64));
  }
  size_.emplace(x_26_6, y_26_6);
}

GlyphBox Face::box() const {
  const FT_Glyph_Metrics& m = face_->glyph->metrics;
  const FT_Pos right = m.horiBearingX + m.width;
  const FT_Pos bottom = m.horiBearingY - m.height;
  const auto whole = [&](FT_Pos left, FT_Pos top, FT_Pos width, FT_Pos height) {
    return GlyphBox{static_cast<std::int32_t>(left), static_cast<std::int32_t>(top),
                    static_cast<std::int32_t>(width), static_cast<std::int32_t>(height)};
  };
  // Hinting made whole pixels of it; where there is none, Cairo does.
  if (!unhinted_) return whole(m.horiBearingX, m.horiBearingY, m.width, m.height);
  const FT_Pos left = floor_26_6(m.horiBearingX);
  const FT_Pos top = ceil_26_6(m.horiBearingY);
  return whole(left, top, ceil_26_6(right) - left, top - floor_26_6(bottom));
}

FT_GlyphSlot Face::load(char32_t character, FT_Int32 flags) {
  if (unhinted_) flags |= FT_LOAD_NO_HINTING;
  const bool loaded = FT_Load_Char(face_.get(), character, flags) == 0;
  if (!loaded || face_->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
    throw InputError(fmt::format("{} fails to draw {}", name_, named(character)));
  }
  return face_->glyph;
}

double Face::reach(const GlyphTransform& t, int resolution) const {
  // As FreeType scales them: in whole pixels of the size before rotation.
  const auto scaled = [this](FT_Long units, std::int32_t size_26_6) {
    return round_26_6(FT_MulFix(units, FT_DivFix(size_26_6, face_->units_per_EM)));
  };
  const FT_Pos height = scaled(face_->height, t.y_26_6);
  const FT_Pos advance = scaled(face_->max_advance_width, t.x_26_6);
  if (height == 0 || advance == 0) return std::numeric_limits<double>::infinity();
  const FontMatrix& m = t.font;
  const double longest =
      std::max(std::abs(m.xx) + std::abs(m.xy), std::abs(m.yx) + std::abs(m.yy)) * resolution;
  return std::max(static_cast<double>(advance) / 64.0 / t.x_px,
                  static_cast<double>(height) / 64.0 / t.y_px) *
         longest;
}

void Face::set_upright(int pixels) {
  FT_Set_Transform(face_.get(), nullptr, nullptr);
  set_size(pixels * 64, pixels * 64);
}

double Face::unit_extent(char32_t character, int resolution) {
  set_upright(resolution);
  const FT_GlyphSlot slot = load(character, kLoadFlags);
  if (emboldened_) FT_GlyphSlot_Embolden(slot);
  const GlyphBox upright = box();
  return std::max(
      {upright.width / 64.0 / resolution, upright.height / 64.0 / resolution, kLeastExtent});
}

FT_GlyphSlot Face::load(char32_t character, const GlyphTransform& transform) {
  const FixedMatrix& m = transform.rest;
  FT_Matrix matrix{m.xx, m.xy, m.yx, m.yy};
  set_size(transform.x_26_6, transform.y_26_6);
  FT_Set_Transform(face_.get(), &matrix, nullptr);
  const FT_GlyphSlot slot = load(character, kLoadFlags);
  if (emboldened_) FT_GlyphSlot_Embolden(slot);
  return slot;
}

FT_GlyphSlot Face::load_upright(char32_t character, std::int32_t x_ppem, std::int32_t y_ppem) {
  FT_Set_Transform(face_.get(), nullptr, nullptr);
  set_size(x_ppem * 64, y_ppem * 64);
  return load(character, kLoadFlags | FT_LOAD_NO_AUTOHINT);
}

}  // namespace af::fonts
