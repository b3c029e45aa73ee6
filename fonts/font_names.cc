#include "fonts/font_names.h"

#include <ft2build.h>
#include FT_SFNT_NAMES_H
#include FT_TRUETYPE_IDS_H

#include <algorithm>
#include <array>

#include "fonts/characters.h"

namespace af::fonts {
namespace {

constexpr std::size_t kMostLength = 60;
constexpr FT_UInt kMostNames = 4096;

struct KnownLicence {
  std::string_view sign;  ///< Words that only its text has.
  const char* name;
};
constexpr std::array kKnown{
    KnownLicence{"SIL Open Font", "OFL-1.1"},
    KnownLicence{"scripts.sil.org/OFL", "OFL-1.1"},
    KnownLicence{"openfontlicense.org", "OFL-1.1"},
    KnownLicence{"Open Font License", "OFL-1.1"},
    KnownLicence{"Apache License", "Apache-2.0"},
    KnownLicence{"apache.org/licenses", "Apache-2.0"},
    KnownLicence{"General Public License", "GPL"},
    KnownLicence{"gnu.org/licenses", "GPL"},
    KnownLicence{"gnu.org/copyleft", "GPL"},
    KnownLicence{"ublic domain", "public domain"},
    KnownLicence{"creativecommons.org/licenses/by-sa", "CC-BY-SA"},
    KnownLicence{"creativecommons.org/licenses/by", "CC-BY"},
};

/// UTF-16BE as name tables hold it; what is no letter of the basic plane becomes '?'.
std::string from_utf16(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto high = static_cast<unsigned char>(bytes[i]);
    const auto low = static_cast<unsigned char>(bytes[i + 1]);
    const auto unit = static_cast<char32_t>(high << 8 | low);
    text += unit >= 0xD800 && unit <= 0xDFFF ? "?" : to_utf8(unit);
  }
  return text;
}

std::string text_of(const FT_SfntName& name) {
  const std::string_view bytes(reinterpret_cast<const char*>(name.string), name.string_len);
  if (name.platform_id == TT_PLATFORM_MICROSOFT || name.platform_id == TT_PLATFORM_APPLE_UNICODE) {
    return from_utf16(bytes);
  }
  std::string text(bytes);
  std::ranges::replace_if(
      text, [](unsigned char c) { return c >= 0x80; }, '?');
  return text;
}

std::string name_of(FT_Face face, FT_UShort id) {
  const FT_UInt count = std::min(FT_Get_Sfnt_Name_Count(face), kMostNames);
  for (FT_UInt i = 0; i < count; ++i) {
    FT_SfntName name;
    if (FT_Get_Sfnt_Name(face, i, &name) != 0 || name.name_id != id) continue;
    if (std::string text = text_of(name); !text.empty()) return text;
  }
  return {};
}

}  // namespace

std::string short_licence(std::string_view text) {
  for (const KnownLicence& known : kKnown) {
    if (text.find(known.sign) != std::string_view::npos) return known.name;
  }
  std::u32string shortened;
  try {
    shortened = code_points(text).substr(0, kMostLength);
  } catch (const std::exception&) {
    return {};
  }
  std::string line;
  for (const char32_t c : shortened) line += c < 0x20 ? std::string(" ") : to_utf8(c);
  return line;
}

std::string licence_name(FT_Face face) {
  const std::string text =
      name_of(face, TT_NAME_ID_LICENSE) + name_of(face, TT_NAME_ID_LICENSE_URL);
  return short_licence(text);
}

}  // namespace af::fonts
