#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "fonts/face_check.h"
#include "fonts/font_catalogue.h"

namespace af::fonts {

/// A face with all that is known of it.
struct FaceRecord {
  ListedFace face;
  FaceCheck check;
  std::string sha256;   ///< Of the file.
  std::string package;  ///< Debian's; empty if the file came with none.
  std::string licence;  ///< Short name, or the beginning of what the font says; may be empty.
  std::string licence_source;  ///< "package", "font", or empty.
  /// An earlier usable face of the same family that lies in a file of the same name before the dot,
  /// as a font has that comes both as TrueType and as OpenType, or in an equal file; empty if there
  /// is none.
  std::string twin;

  [[nodiscard]] bool usable() const { return check.left_out.empty(); }
  [[nodiscard]] bool covers(const std::string& language) const;
};

struct SurveyOptions {
  std::filesystem::path cache;  ///< Empty: nothing is kept.
  int threads = 0;              ///< 0: one for each of the machine's.
};

/// Where a person's caches lie: $XDG_CACHE_HOME/af/fonts.json, or below ~/.cache; empty if neither
/// is known.
[[nodiscard]] std::filesystem::path default_font_cache();

/// Examines the faces, in their order. What was found before is taken from the cache as long as
/// file, size, time of change, FreeType, alphabets and program agree; a cache that is damaged or
/// cannot be written is done without. The result does not depend on the cache or the threads.
[[nodiscard]] std::vector<FaceRecord> survey_fonts(const FontCatalogue& catalogue,
                                                   std::span<const ListedFace> faces,
                                                   const SurveyOptions& options);

}  // namespace af::fonts
