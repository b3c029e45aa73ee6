#include "fonts/font_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/errors.h"
#include "core/text.h"
#include "fonts/alphabet.h"
#include "fonts/characters.h"
#include "fonts/family_pattern.h"

namespace af::fonts {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kShownCharacters = 16;

using TextRow = std::vector<std::string>;

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

/// Columns as wide as their longest entry, two blanks between them.
std::string table(const std::vector<TextRow>& rows) {
  std::vector<std::size_t> widths;
  for (const TextRow& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const TextRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i] + std::string(widths[i] + 2 - width_of(row[i]), ' ');
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

/// Text that a font's tables gave may be no UTF-8; what is none becomes U+FFFD.
std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string utf8(const std::u32string& characters, std::size_t most = std::u32string::npos) {
  std::string text;
  for (const char32_t c : characters.substr(0, most)) text += to_utf8(c);
  return characters.size() > most ? fmt::format("{}... ({})", text, characters.size()) : text;
}

bool shown(const FaceRecord& record, const FaceFilter& filter) {
  return record.usable() && record.twin.empty() &&
         std::ranges::all_of(filter.languages, [&](const std::string& name) {
           return record.covers(alphabet(name).name);
         });
}

Json face_json(const FaceRecord& r) {
  return {{"family", r.face.family},
          {"style", r.face.style},
          {"weight", r.check.weight},
          {"slant", r.face.slant},
          {"languages", r.check.languages},
          {"file", r.face.file.path.string()},
          {"index", r.face.file.index},
          {"variable", r.check.variable},
          {"sha256", r.sha256},
          {"package", r.package},
          {"licence", r.licence},
          {"licence_source", r.licence_source}};
}

struct Exclusion {
  std::string family;
  std::string style;
  FaceFile file;
  bool whole_face = false;
  std::string reason;
  std::u32string characters;
};

std::vector<Exclusion> exclusions(std::span<const FaceRecord> records,
                                  std::span<const std::filesystem::path> unreadable) {
  std::vector<Exclusion> found;
  for (const FaceRecord& r : records) {
    if (!r.usable() || !r.twin.empty()) {
      const std::string reason = r.usable() ? "is the same face as " + r.twin : r.check.left_out;
      found.push_back({r.face.family, r.face.style, r.face.file, true, reason, {}});
      continue;
    }
    for (const Refusal& refusal : r.check.refusals) {
      found.push_back(
          {r.face.family, r.face.style, r.face.file, false, refusal.reason, refusal.characters});
    }
  }
  for (const auto& path : unreadable) {
    found.push_back({"", "", {path, 0}, true, "cannot be read as a font", {}});
  }
  return found;
}

}  // namespace

std::vector<ListedFace> fitting(std::span<const ListedFace> faces, const FaceFilter& filter) {
  for (const std::string& language : filter.languages) (void)alphabet(language);
  std::vector<std::string> families;
  for (const ListedFace& face : faces) families.push_back(face.family);
  for (const std::string& pattern : filter.patterns) {
    if (std::ranges::any_of(families, [&](const auto& f) { return matches(pattern, f); })) continue;
    throw ConfigError(fmt::format("no installed font has a family that fits '{}'{}", pattern,
                                  did_you_mean(pattern, families)));
  }
  std::vector<ListedFace> found;
  std::ranges::copy_if(faces, std::back_inserter(found), [&](const ListedFace& face) {
    return filter.patterns.empty() || std::ranges::any_of(filter.patterns, [&](const auto& p) {
             return matches(p, face.family);
           });
  });
  return found;
}

std::string face_report(std::span<const FaceRecord> records, const FaceFilter& filter,
                        ReportForm form) {
  Json faces = Json::array();
  std::vector<TextRow> rows{
      {"family", "style", "weight", "slant", "languages", "file", "package", "licence"}};
  for (const FaceRecord& r : records) {
    if (!shown(r, filter)) continue;
    if (form == ReportForm::kJson) {
      faces.push_back(face_json(r));
    } else {
      rows.push_back({r.face.family, r.face.style, std::to_string(r.check.weight), r.face.slant,
                      std::to_string(r.check.languages.size()), r.face.file.name(), r.package,
                      r.licence});
    }
  }
  return form == ReportForm::kJson ? dumped({{"faces", faces}}) : table(rows);
}

std::string excluded_report(std::span<const FaceRecord> records,
                            std::span<const std::filesystem::path> unreadable, ReportForm form) {
  Json excluded = Json::array();
  std::vector<TextRow> rows{{"family", "style", "file", "what", "reason"}};
  for (const Exclusion& e : exclusions(records, unreadable)) {
    excluded.push_back({{"family", e.family},
                        {"style", e.style},
                        {"file", e.file.path.string()},
                        {"index", e.file.index},
                        {"whole_face", e.whole_face},
                        {"reason", e.reason},
                        {"characters", utf8(e.characters)}});
    rows.push_back({e.family, e.style, e.file.name(),
                    e.whole_face ? "the face" : utf8(e.characters, kShownCharacters), e.reason});
  }
  return form == ReportForm::kJson ? dumped({{"excluded", excluded}}) : table(rows);
}

std::string language_report(std::span<const FaceRecord> records, ReportForm form) {
  Json languages = Json::array();
  std::vector<TextRow> rows{{"language", "tag", "script", "letters", "faces", "families"}};
  for (const Alphabet& one : alphabets()) {
    std::size_t faces = 0;
    std::set<std::string> families;
    for (const FaceRecord& r : records) {
      if (!r.usable() || !r.twin.empty() || !r.covers(one.name)) continue;
      ++faces;
      families.insert(r.face.family);
    }
    const std::size_t letters = one.lower.size() + one.upper.size();
    languages.push_back({{"name", one.name},
                         {"tag", one.tag},
                         {"script", one.script},
                         {"letters", letters},
                         {"faces", faces},
                         {"families", families.size()}});
    rows.push_back({one.name, one.tag, one.script, std::to_string(letters), std::to_string(faces),
                    std::to_string(families.size())});
  }
  return form == ReportForm::kJson ? dumped({{"languages", languages}}) : table(rows);
}

}  // namespace af::fonts
