#pragma once

#include <fontconfig/fontconfig.h>

#include <memory>
#include <string>

#include "fonts/face_file.h"

/// fontconfig's objects, and what one of its fonts says of itself.
namespace af::fonts {

struct Release {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcFontSet* set) const { FcFontSetDestroy(set); }
  void operator()(FcObjectSet* set) const { FcObjectSetDestroy(set); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

/// Valid as long as the text.
[[nodiscard]] const FcChar8* fc_text(const std::string& text);

/// The text of an object (fontconfig's FC_FAMILY, ...); empty if it has no `which`th one.
[[nodiscard]] std::string text_of(const FcPattern* font, const char* object, int which = 0);

/// The English one of an object's texts, whose languages are another's; the first if there is none.
[[nodiscard]] std::string english(const FcPattern* font, const char* object, const char* languages);

[[nodiscard]] int number_of(const FcPattern* font, const char* object, int otherwise);

[[nodiscard]] bool flag_of(const FcPattern* font, const char* object, bool otherwise);

[[nodiscard]] FaceFile face_file(const FcPattern* font);

/// Whether it is the face, or an instance of it.
[[nodiscard]] bool is_of_face(const FcPattern* font, const FaceFile& face);

/// Whether one of its family names is this one, as fontconfig compares them.
[[nodiscard]] bool has_family(const FcPattern* font, const std::string& family);

/// Whether it, or a variable font at some place of its axis, is heavier than fontconfig's Medium.
[[nodiscard]] bool is_heavy(const FcPattern* font);

}  // namespace af::fonts
