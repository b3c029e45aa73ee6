#include "fonts/font_catalogue.h"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <set>

#include "core/errors.h"
#include "core/text.h"

namespace af::fonts {
namespace {

// What Cairo asks fontconfig for; the names are fontconfig's, the choice of Medium is Cairo's.
constexpr int kNormalWeight = FC_WEIGHT_MEDIUM;
constexpr int kBoldWeight = FC_WEIGHT_BOLD;

struct Release {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcFontSet* set) const { FcFontSetDestroy(set); }
  void operator()(FcObjectSet* set) const { FcObjectSetDestroy(set); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

const FcChar8* fc_text(const std::string& text) {
  return reinterpret_cast<const FcChar8*>(text.c_str());
}

std::string text_of(const FcPattern* pattern, const char* object, int which = 0) {
  FcChar8* value = nullptr;
  if (FcPatternGetString(pattern, object, which, &value) != FcResultMatch) return {};
  return reinterpret_cast<const char*>(value);
}

int number_of(const FcPattern* pattern, const char* object, int otherwise) {
  int value = otherwise;
  return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

FaceFile face_file(const FcPattern* pattern) {
  // The upper half of fontconfig's index names an instance of a variable font.
  return {text_of(pattern, FC_FILE), number_of(pattern, FC_INDEX, 0) & 0xFFFF};
}

bool has_family(const FcPattern* pattern, const std::string& family) {
  for (int i = 0;; ++i) {
    const std::string name = text_of(pattern, FC_FAMILY, i);
    if (name.empty()) return false;
    if (FcStrCmpIgnoreCase(fc_text(name), fc_text(family)) == 0) return true;
  }
}

Owned<FcFontSet> scalable_fonts(FcConfig* config) {
  const Owned<FcPattern> all{FcPatternCreate()};
  FcPatternAddBool(all.get(), FC_SCALABLE, FcTrue);
  const Owned<FcObjectSet> wanted{
      FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, static_cast<char*>(nullptr))};
  return Owned<FcFontSet>{FcFontList(config, all.get(), wanted.get())};
}

}  // namespace

struct FontCatalogue::State {
  Owned<FcConfig> config;
  std::vector<FaceFile> faces;
  std::vector<std::string> families;
};

FontCatalogue::FontCatalogue() : state_(std::make_unique<State>()) {
  state_->config.reset(FcInitLoadConfigAndFonts());
  const Owned<FcFontSet> fonts = scalable_fonts(state_->config.get());
  std::set<std::string> families;
  for (int i = 0; fonts && i < fonts->nfont; ++i) {
    const FcPattern* font = fonts->fonts[i];
    state_->faces.push_back(face_file(font));
    for (int k = 0; !text_of(font, FC_FAMILY, k).empty(); ++k) {
      families.insert(text_of(font, FC_FAMILY, k));
    }
  }
  // fontconfig's order depends on its cache; by_file_name takes the first of a name.
  std::ranges::sort(state_->faces, {},
                    [](const FaceFile& f) { return std::pair(f.path, f.index); });
  if (families.empty()) {
    throw ConfigError(
        "no scalable font is installed; install some, for example Debian's package "
        "fonts-dejavu-core");
  }
  state_->families.assign(families.begin(), families.end());
}

FontCatalogue::~FontCatalogue() = default;
FontCatalogue::FontCatalogue(FontCatalogue&&) noexcept = default;
FontCatalogue& FontCatalogue::operator=(FontCatalogue&&) noexcept = default;

FaceFile FontCatalogue::resolve(const std::string& family, Weight weight) const {
  const Owned<FcPattern> wanted{FcPatternCreate()};
  FcPatternAddString(wanted.get(), FC_FAMILY, fc_text(family));
  FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddInteger(wanted.get(), FC_WEIGHT,
                      weight == Weight::kBold ? kBoldWeight : kNormalWeight);
  FcConfigSubstitute(state_->config.get(), wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultNoMatch;
  const Owned<FcPattern> found{FcFontMatch(state_->config.get(), wanted.get(), &result)};
  // fontconfig always answers, if need be with another family; that would draw the wrong thing.
  if (!found || !has_family(found.get(), family)) {
    const std::string package = family.starts_with("DejaVu")
                                    ? "; install Debian's packages fonts-dejavu-core and "
                                      "fonts-dejavu-extra"
                                    : "";
    throw ConfigError(fmt::format("no installed font has the family '{}'{}{}", family,
                                  did_you_mean(family, families()), package));
  }
  if (number_of(found.get(), FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN) {
    throw ConfigError(fmt::format("the family '{}' has no upright face", family));
  }
  return face_file(found.get());
}

FaceFile FontCatalogue::by_file_name(std::string_view name) const {
  const auto found = std::ranges::find_if(
      state_->faces, [&](const FaceFile& face) { return face.name() == name; });
  if (found == state_->faces.end()) {
    throw InputError(fmt::format("no installed font has the file name '{}'", name));
  }
  return *found;
}

const std::vector<std::string>& FontCatalogue::families() const noexcept {
  return state_->families;
}

}  // namespace af::fonts
