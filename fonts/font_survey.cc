#include "fonts/font_survey.h"

#include <fmt/format.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <tuple>

#include "core/errors.h"
#include "core/parallel.h"
#include "core/sha256.h"
#include "fonts/data_rows.h"
#include "fonts/face.h"
#include "fonts/package_files.h"
#include "fonts/survey_cache.h"

namespace af::fonts {
namespace {

namespace fs = std::filesystem;

/// To be raised when what `FaceChecker` finds, or what the cache holds, changes.
constexpr int kCheckVersion = 2;
const std::vector<std::string> kReadableFamilies{"DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"};

std::vector<FaceFile> readable_faces(const FontCatalogue& catalogue) {
  std::vector<FaceFile> faces;
  for (const std::string& family : kReadableFamilies) {
    for (const Weight weight : {Weight::kNormal, Weight::kBold}) {
      try {
        faces.push_back(catalogue.resolve(family, weight));
      } catch (const ConfigError&) {  // Not installed.
      }
    }
  }
  return faces;
}

std::string freetype_version() {
  const FreeTypeLibrary library = start_freetype();
  int major = 0;
  int minor = 0;
  int patch = 0;
  FT_Library_Version(library.get(), &major, &minor, &patch);
  return fmt::format("{}.{}.{}", major, minor, patch);
}

std::string cache_key(const std::vector<FaceFile>& readable) {
  std::string key = fmt::format("{} {} {:x}", kCheckVersion, freetype_version(),
                                std::hash<std::string>()(std::string(data_file("alphabets")) +
                                                         std::string(data_file("accents"))));
  for (const FaceFile& face : readable) {
    const FileStamp stamp = stamp_of(face.path).value_or(FileStamp{});
    key += fmt::format(" {} {} {}", face.path.string(), stamp.bytes, stamp.changed_ns);
  }
  return key;
}

/// All that is found out anew; `record.face` is there already.
void examine(const FaceChecker& checker, const PackageFiles& packages, FaceRecord& record) {
  const fs::path& path = record.face.file.path;
  record.check = checker.check(record.face.file);
  try {
    record.sha256 = sha256_of_file(path);
  } catch (const InputError&) {  // Then it is left out for the same reason.
  }
  record.package = packages.package_of(path);
  record.licence = record.package.empty() ? std::string() : package_licence(record.package);
  record.licence_source = "package";
  if (!record.licence.empty()) return;
  record.licence = record.check.licence;
  record.licence_source = record.licence.empty() ? "" : "font";
}

struct Pending {
  std::size_t number;  ///< In the records.
  FileStamp stamp;
};

void examine_pending(const std::vector<Pending>& pending, const std::vector<FaceFile>& readable,
                     int threads, std::vector<FaceRecord>& records) {
  const FaceChecker checker(readable);
  const PackageFiles packages;
  OrderedWork work;
  work.blocks = pending.size();
  work.threads = resolve_threads(threads);
  work.slots = 2 * work.threads;
  work.produce = [&](std::uint64_t block, int /*slot*/) {
    examine(checker, packages, records[pending[static_cast<std::size_t>(block)].number]);
  };
  run_ordered(work);
}

void name_twins(std::vector<FaceRecord>& records) {
  std::map<std::tuple<std::string, std::string, int>, std::string> seen;
  for (FaceRecord& r : records) {
    if (!r.usable()) continue;
    const FaceFile& file = r.face.file;
    for (const std::string& same : {file.path.stem().string(), r.sha256}) {
      const auto [place, first] =
          seen.try_emplace({r.face.family, same, file.index}, file.path.filename().string());
      if (!first) r.twin = place->second;
    }
  }
}

}  // namespace

bool FaceRecord::covers(const std::string& language) const {
  return std::ranges::binary_search(check.languages, language);
}

fs::path default_font_cache() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path(value != nullptr ? value : "");
  };
  const fs::path cache = variable("XDG_CACHE_HOME");
  if (cache.is_absolute()) return cache / "af" / "fonts.json";  // As its specification has it.
  const fs::path home = variable("HOME");
  return home.empty() ? fs::path() : home / ".cache" / "af" / "fonts.json";
}

std::vector<FaceRecord> survey_fonts(const FontCatalogue& catalogue,
                                     std::span<const ListedFace> faces,
                                     const SurveyOptions& options) {
  const std::vector<FaceFile> readable = readable_faces(catalogue);
  SurveyCache cache(options.cache, cache_key(readable));
  std::vector<FaceRecord> records;
  std::vector<Pending> pending;
  for (const ListedFace& face : faces) {
    FaceRecord& record = records.emplace_back();
    record.face = face;
    const FileStamp stamp = stamp_of(face.file.path).value_or(FileStamp{});
    if (!cache.find(stamp, record)) pending.push_back({records.size() - 1, stamp});
  }
  if (!pending.empty()) {
    examine_pending(pending, readable, options.threads, records);
    for (const Pending& one : pending) cache.insert(one.stamp, records[one.number]);
    cache.save();
  }
  name_twins(records);
  return records;
}

}  // namespace af::fonts
