#include "fonts/font_catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>

#include "core/errors.h"
#include "core/text.h"
#include "fonts/fontconfig_pattern.h"

namespace af::fonts {
namespace {

namespace fs = std::filesystem;

// What Cairo asks fontconfig for; the names are fontconfig's, the choice of Medium is Cairo's.
constexpr int kNormalWeight = FC_WEIGHT_MEDIUM;
constexpr int kBoldWeight = FC_WEIGHT_BOLD;

Owned<FcFontSet> scalable_fonts(FcConfig* config) {
  const Owned<FcPattern> all{FcPatternCreate()};
  FcPatternAddBool(all.get(), FC_SCALABLE, FcTrue);
  const Owned<FcObjectSet> wanted{FcObjectSetBuild(FC_FAMILY, FC_FAMILYLANG, FC_STYLE, FC_STYLELANG,
                                                   FC_SLANT, FC_WEIGHT, FC_FILE, FC_INDEX,
                                                   static_cast<char*>(nullptr))};
  return Owned<FcFontSet>{FcFontList(config, all.get(), wanted.get())};
}

std::string slant_of(const FcPattern* pattern) {
  const int slant = number_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
  if (slant == FC_SLANT_ROMAN) return "roman";
  return slant == FC_SLANT_ITALIC ? "italic" : "oblique";
}

ListedFace listed_face(const FcPattern* font) {
  return {face_file(font), english(font, FC_FAMILY, FC_FAMILYLANG),
          english(font, FC_STYLE, FC_STYLELANG), slant_of(font)};
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
    const FaceFile file = face_file(pattern);
    faces.try_emplace({file.path, file.index}, listed_face(pattern));
  }
  std::vector<ListedFace> found;
  for (auto& [place, face] : faces) found.push_back(std::move(face));
  std::ranges::stable_sort(found, {}, &ListedFace::family);
  return found;
}

bool named_like_a_font(const fs::path& path) {
  const std::string extension = lower_case(path.extension().string());
  return extension == ".ttf" || extension == ".otf" || extension == ".ttc" || extension == ".otc";
}

/// fontconfig would open it, whatever its name, and wait for what never comes.
void refuse_pipes(const fs::directory_entry& entry, const std::string& folder) {
  std::error_code error;
  if (!entry.is_fifo(error) && !entry.is_character_file(error)) return;
  throw InputError(fmt::format("font folder {} holds {}, a pipe or device; expected files", folder,
                               entry.path().string()));
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
    refuse_pipes(*entry, folder);
    if (entry->is_regular_file(error) && named_like_a_font(*entry)) found.push_back(*entry);
  }
  if (found.empty()) {
    throw InputError(fmt::format(
        "font folder {} holds no font; expected files named .ttf, .otf, .ttc or .otc", folder));
  }
  return found;
}

/// Whether any font that the configuration knows, scalable or not, fits.
template <class Fits>
bool any_font(FcConfig* config, Fits fits) {
  return std::ranges::any_of(std::array{FcSetSystem, FcSetApplication}, [&](FcSetName set) {
    const FcFontSet* const fonts = FcConfigGetFonts(config, set);
    return fonts != nullptr && std::any_of(fonts->fonts, fonts->fonts + fonts->nfont, fits);
  });
}

/// Whether a face, or any instance of it, is heavier than what fontconfig emboldens.
bool face_is_heavy(FcConfig* config, const FaceFile& face) {
  return any_font(config,
                  [&](const FcPattern* font) { return is_of_face(font, face) && is_heavy(font); });
}

/// Whether a rule for fonts says not to hint the face. What a rule for what is asked for says, such
/// as one that a person chose for all that the screen shows, is left aside.
bool face_is_unhinted(FcConfig* config, const FaceFile& face) {
  return any_font(config, [&](FcPattern* font) {
    if (!is_of_face(font, face)) return false;
    const Owned<FcPattern> anything{FcPatternCreate()};
    const Owned<FcPattern> ruled{FcFontRenderPrepare(config, anything.get(), font)};
    return !flag_of(ruled.get(), FC_HINTING, true);
  });
}

/// What there is to choose from.
struct Listing {
  std::vector<ListedFace> faces;
  std::vector<FaceFile> files;  ///< By path: by_file_name takes the first of a name.
  std::vector<std::string> families;
  std::vector<fs::path> unreadable;
};

/// @param offered  Files that may be fonts, sorted.
Listing list(FcConfig* config, const std::vector<fs::path>& offered) {
  Listing found;
  const Owned<FcFontSet> fonts = scalable_fonts(config);
  std::set<std::string> names;
  for (int i = 0; i < fonts->nfont; ++i) {
    for (int k = 0; !text_of(fonts->fonts[i], FC_FAMILY, k).empty(); ++k) {
      names.insert(text_of(fonts->fonts[i], FC_FAMILY, k));
    }
  }
  found.families.assign(names.begin(), names.end());
  found.faces = faces_of(fonts.get());
  // fontconfig's order depends on its cache.
  for (const ListedFace& face : found.faces) found.files.push_back(face.file);
  std::ranges::sort(found.files, {}, by_place);
  std::ranges::copy_if(offered, std::back_inserter(found.unreadable), [&](const fs::path& path) {
    return std::ranges::none_of(found.files,
                                [&](const FaceFile& file) { return file.path == path; });
  });
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
  std::vector<fs::path> offered;  ///< Files of the folders, sorted.
  std::optional<Listing> listing;

  /// Made when first asked for: to resolve a family needs none.
  const Listing& listed() {
    if (!listing) listing = list(config.get(), offered);
    return *listing;
  }
  /// How Cairo draws it.
  [[nodiscard]] FaceFile drawn(const FaceFile& plain, Weight weight) const {
    FaceFile face = plain;
    face.emboldened = weight == Weight::kBold && !face_is_heavy(config.get(), plain);
    face.unhinted = face_is_unhinted(config.get(), plain);
    return face;
  }
};

FontCatalogue::FontCatalogue(std::span<const std::string> folders)
    : state_(std::make_unique<State>()) {
  state_->config.reset(FcInitLoadConfigAndFonts());
  FcConfig* const config = state_->config.get();
  for (const std::string& folder : folders) {
    const std::vector<fs::path> files = font_files_below(folder);
    state_->offered.insert(state_->offered.end(), files.begin(), files.end());
    FcConfigAppFontAddDir(config, fc_text(folder));
  }
  std::ranges::sort(state_->offered);
  if (!any_font(config, [](const FcPattern* font) { return flag_of(font, FC_SCALABLE, false); })) {
    throw ConfigError(
        "no scalable font is installed; install some, for example Debian's package "
        "fonts-dejavu-core");
  }
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
  return state_->drawn(face_file(found.get()), weight);
}

FaceFile FontCatalogue::by_file_name(std::string_view name) const {
  for (const auto& [suffix, how] : {std::pair{FaceFile::kEmboldened, &FaceFile::emboldened},
                                    std::pair{FaceFile::kUnhinted, &FaceFile::unhinted}}) {
    if (!name.ends_with(suffix)) continue;
    FaceFile face = by_file_name(name.substr(0, name.size() - suffix.size()));
    face.*how = true;
    return face;
  }
  const std::vector<FaceFile>& files = state_->listed().files;
  const auto found =
      std::ranges::find_if(files, [&](const FaceFile& face) { return face.name() == name; });
  if (found == files.end()) {
    throw InputError(fmt::format("no installed font has the file name '{}'", name));
  }
  return *found;
}

FaceFile FontCatalogue::by_file_name(std::string_view name, Weight weight) const {
  const FaceFile face = by_file_name(name);
  return face == face.plain() ? state_->drawn(face, weight) : face;
}

const std::vector<ListedFace>& FontCatalogue::faces() const { return state_->listed().faces; }

const std::vector<fs::path>& FontCatalogue::unreadable() const {
  return state_->listed().unreadable;
}

const std::vector<std::string>& FontCatalogue::families() const {
  return state_->listed().families;
}

}  // namespace af::fonts
