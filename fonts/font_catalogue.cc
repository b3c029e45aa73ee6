#include "fonts/font_catalogue.h"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <set>
#include <system_error>
#include <tuple>

#include "core/errors.h"
#include "core/text.h"

namespace af::fonts {
namespace {

namespace fs = std::filesystem;

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

/// Whether it, or any instance of a variable font, is heavier than what fontconfig emboldens.
bool is_heavy(const FcPattern* pattern) {
  double weight = FC_WEIGHT_REGULAR;
  FcRange* range = nullptr;
  if (FcPatternGetDouble(pattern, FC_WEIGHT, 0, &weight) == FcResultTypeMismatch &&
      FcPatternGetRange(pattern, FC_WEIGHT, 0, &range) == FcResultMatch) {
    double least = 0.0;
    FcRangeGetDouble(range, &least, &weight);
  }
  return weight > FC_WEIGHT_MEDIUM;
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
  const Owned<FcObjectSet> wanted{FcObjectSetBuild(FC_FAMILY, FC_FAMILYLANG, FC_STYLE, FC_STYLELANG,
                                                   FC_SLANT, FC_WEIGHT, FC_FILE, FC_INDEX,
                                                   static_cast<char*>(nullptr))};
  return Owned<FcFontSet>{FcFontList(config, all.get(), wanted.get())};
}

/// The English one of an object's texts; the first if there is none.
std::string english(const FcPattern* pattern, const char* object, const char* languages) {
  for (int i = 0; !text_of(pattern, object, i).empty(); ++i) {
    if (text_of(pattern, languages, i) == "en") return text_of(pattern, object, i);
  }
  return text_of(pattern, object);
}

std::string slant_of(const FcPattern* pattern) {
  const int slant = number_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
  if (slant == FC_SLANT_ROMAN) return "roman";
  return slant == FC_SLANT_ITALIC ? "italic" : "oblique";
}

ListedFace listed_face(const FcPattern* font) {
  return {face_file(font), english(font, FC_FAMILY, FC_FAMILYLANG),
          english(font, FC_STYLE, FC_STYLELANG), slant_of(font), is_heavy(font)};
}

auto by_place(const FaceFile& file) { return std::tie(file.path, file.index); }

/// The fonts of a set, each face of a variable font once: the instance of the lowest number.
std::vector<ListedFace> faces_of(const FcFontSet* fonts) {
  std::vector<const FcPattern*> patterns(fonts->fonts, fonts->fonts + fonts->nfont);
  std::ranges::sort(patterns, {}, [](const FcPattern* p) {
    return std::pair(text_of(p, FC_FILE), number_of(p, FC_INDEX, 0) >> 16);
  });
  std::map<std::pair<fs::path, int>, ListedFace> faces;
  for (const FcPattern* pattern : patterns) {
    const ListedFace face = listed_face(pattern);
    const auto [known, added] = faces.try_emplace({face.file.path, face.file.index}, face);
    if (!added) known->second.heavy |= face.heavy;
  }
  std::vector<ListedFace> found;
  for (auto& [place, face] : faces) found.push_back(std::move(face));
  std::ranges::stable_sort(found, {}, &ListedFace::family);
  return found;
}

bool named_like_a_font(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".ttf" || extension == ".otf" || extension == ".ttc" || extension == ".otc";
}

std::vector<fs::path> font_files_below(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  if (error) {
    throw InputError(fmt::format("font folder {} cannot be read: {}", folder, error.message()));
  }
  for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file(error) && named_like_a_font(*entry)) found.push_back(*entry);
  }
  if (found.empty()) {
    throw InputError(fmt::format(
        "font folder {} holds no font; expected files named .ttf, .otf, .ttc or .otc", folder));
  }
  return found;
}

/// The end of a sentence about a missing family: a file that was to have it may be damaged.
std::string told_unreadable(const std::vector<fs::path>& files) {
  if (files.empty()) return {};
  const std::string more =
      files.size() > 1 ? fmt::format(" (nor can {} more)", files.size() - 1) : "";
  return fmt::format("; {} cannot be read as a font{}", files.front().string(), more);
}

}  // namespace

struct FontCatalogue::State {
  Owned<FcConfig> config;
  std::vector<ListedFace> faces;
  std::vector<fs::path> unreadable;
  std::vector<FaceFile> files;  ///< By path: by_file_name takes the first of a name.
  std::vector<FaceFile> heavy;  ///< Of these, by path.
  std::vector<std::string> families;

  void list();  ///< Fills all but `unreadable` from the configuration.
  [[nodiscard]] FaceFile weighted(FaceFile face, Weight weight) const {
    face.emboldened =
        weight == Weight::kBold && !std::ranges::binary_search(heavy, by_place(face), {}, by_place);
    return face;
  }
};

FontCatalogue::FontCatalogue(std::span<const std::string> folders)
    : state_(std::make_unique<State>()) {
  state_->config.reset(FcInitLoadConfigAndFonts());
  std::vector<fs::path> offered;
  for (const std::string& folder : folders) {
    const std::vector<fs::path> files = font_files_below(folder);
    offered.insert(offered.end(), files.begin(), files.end());
    FcConfigAppFontAddDir(state_->config.get(), fc_text(folder));
  }
  state_->list();
  std::ranges::sort(offered);
  std::ranges::copy_if(offered, std::back_inserter(state_->unreadable), [&](const fs::path& path) {
    return std::ranges::none_of(state_->files,
                                [&](const FaceFile& file) { return file.path == path; });
  });
}

void FontCatalogue::State::list() {
  const Owned<FcFontSet> fonts = scalable_fonts(config.get());
  if (!fonts || fonts->nfont == 0) {
    throw ConfigError(
        "no scalable font is installed; install some, for example Debian's package "
        "fonts-dejavu-core");
  }
  std::set<std::string> names;
  for (int i = 0; i < fonts->nfont; ++i) {
    for (int k = 0; !text_of(fonts->fonts[i], FC_FAMILY, k).empty(); ++k) {
      names.insert(text_of(fonts->fonts[i], FC_FAMILY, k));
    }
  }
  families.assign(names.begin(), names.end());
  faces = faces_of(fonts.get());
  // fontconfig's order depends on its cache.
  for (const ListedFace& face : faces) {
    files.push_back(face.file);
    if (face.heavy) heavy.push_back(face.file);
  }
  std::ranges::sort(files, {}, by_place);
  std::ranges::sort(heavy, {}, by_place);
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
    throw ConfigError(fmt::format("no installed font has the family '{}'{}{}{}", family,
                                  did_you_mean(family, families()), package,
                                  told_unreadable(unreadable())));
  }
  if (number_of(found.get(), FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN) {
    throw ConfigError(fmt::format("the family '{}' has no upright face", family));
  }
  return state_->weighted(face_file(found.get()), weight);
}

FaceFile FontCatalogue::by_file_name(std::string_view name, Weight weight) const {
  if (name.ends_with(FaceFile::kEmboldened)) {
    FaceFile face = by_file_name(name.substr(0, name.rfind('+')), Weight::kNormal);
    face.emboldened = true;
    return face;
  }
  const auto found = std::ranges::find_if(
      state_->files, [&](const FaceFile& face) { return face.name() == name; });
  if (found == state_->files.end()) {
    throw InputError(fmt::format("no installed font has the file name '{}'", name));
  }
  return state_->weighted(*found, weight);
}

const std::vector<ListedFace>& FontCatalogue::faces() const noexcept { return state_->faces; }

const std::vector<fs::path>& FontCatalogue::unreadable() const noexcept {
  return state_->unreadable;
}

const std::vector<std::string>& FontCatalogue::families() const noexcept {
  return state_->families;
}

}  // namespace af::fonts
