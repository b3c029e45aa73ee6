#include "fonts/fontconfig_pattern.h"

namespace af::fonts {

const FcChar8* fc_text(const std::string& text) {
  return reinterpret_cast<const FcChar8*>(text.c_str());
}

std::string text_of(const FcPattern* font, const char* object, int which) {
  FcChar8* value = nullptr;
  if (FcPatternGetString(font, object, which, &value) != FcResultMatch) return {};
  return reinterpret_cast<const char*>(value);
}

int number_of(const FcPattern* font, const char* object, int otherwise) {
  int value = otherwise;
  return FcPatternGetInteger(font, object, 0, &value) == FcResultMatch ? value : otherwise;
}

bool flag_of(const FcPattern* font, const char* object, bool otherwise) {
  FcBool value = FcDontCare;
  return FcPatternGetBool(font, object, 0, &value) == FcResultMatch ? value == FcTrue : otherwise;
}

namespace {

// The upper half of fontconfig's index names an instance of a variable font.
int face_number(const FcPattern* font) { return number_of(font, FC_INDEX, 0) & 0xFFFF; }

}  // namespace

FaceFile face_file(const FcPattern* font) { return {text_of(font, FC_FILE), face_number(font)}; }

bool is_of_face(const FcPattern* font, const FaceFile& face) {
  FcChar8* file = nullptr;
  return FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
         face.path.native() == reinterpret_cast<const char*>(file) &&
         face.index == face_number(font);
}

bool is_heavy(const FcPattern* font) {
  double weight = FC_WEIGHT_REGULAR;
  FcRange* range = nullptr;
  if (FcPatternGetDouble(font, FC_WEIGHT, 0, &weight) == FcResultTypeMismatch &&
      FcPatternGetRange(font, FC_WEIGHT, 0, &range) == FcResultMatch) {
    double least = 0.0;
    FcRangeGetDouble(range, &least, &weight);
  }
  return weight > FC_WEIGHT_MEDIUM;
}

bool has_family(const FcPattern* font, const std::string& family) {
  for (int i = 0;; ++i) {
    const std::string name = text_of(font, FC_FAMILY, i);
    if (name.empty()) return false;
    if (FcStrCmpIgnoreCase(fc_text(name), fc_text(family)) == 0) return true;
  }
}

std::string english(const FcPattern* font, const char* object, const char* languages) {
  for (int i = 0; !text_of(font, object, i).empty(); ++i) {
    if (text_of(font, languages, i) == "en") return text_of(font, object, i);
  }
  return text_of(font, object);
}

}  // namespace af::fonts
