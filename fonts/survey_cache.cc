#include "fonts/survey_cache.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/atomic_file.h"
#include "core/errors.h"
#include "fonts/alphabet.h"
#include "fonts/characters.h"

namespace af::fonts {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Positions of some elements of a sorted list, as first and last of each run: short, since a font
/// has whole alphabets.
template <class List, class Subset>
std::vector<std::size_t> runs(const List& all, const Subset& some) {
  std::vector<std::size_t> bounds;
  for (const auto& element : some) {
    const auto at = static_cast<std::size_t>(std::ranges::lower_bound(all, element) - all.begin());
    if (!bounds.empty() && bounds.back() + 1 == at) {
      bounds.back() = at;
    } else {
      bounds.insert(bounds.end(), {at, at});
    }
  }
  return bounds;
}

template <class Result, class List>
Result elements(const List& all, const std::vector<std::size_t>& bounds) {
  Result some;
  for (std::size_t i = 0; i + 1 < bounds.size(); i += 2) {
    for (std::size_t at = bounds[i]; at <= bounds[i + 1]; ++at) some.push_back(all.at(at));
  }
  return some;
}

const std::vector<std::string>& languages() {
  static const auto names = [] {
    std::vector<std::string> found;
    for (const Alphabet& one : alphabets()) found.push_back(one.name);
    return found;
  }();
  return names;
}

/// Tells a cache that is whole from one that is not.
std::size_t sum_of(const Json& faces) { return std::hash<std::string>()(faces.dump()); }

Json to_json(const FaceCheck& check) {
  Json refusals = Json::array();
  for (const Refusal& refusal : check.refusals) {
    std::string characters;
    for (const char32_t c : refusal.characters) characters += to_utf8(c);
    refusals.push_back({refusal.reason, characters});
  }
  return {{"left_out", check.left_out},
          {"languages", runs(languages(), check.languages)},
          {"drawn", runs(alphabet_characters(), check.drawn)},
          {"refusals", refusals},
          {"weight", check.weight},
          {"variable", check.variable},
          {"licence", check.licence}};
}

FaceCheck check_of(const Json& json) {
  FaceCheck check;
  check.left_out = json.at("left_out");
  check.languages = elements<std::vector<std::string>>(
      languages(), json.at("languages").get<std::vector<std::size_t>>());
  check.drawn = elements<std::u32string>(alphabet_characters(),
                                         json.at("drawn").get<std::vector<std::size_t>>());
  for (const Json& refusal : json.at("refusals")) {
    check.refusals.push_back(
        {refusal.at(0), code_points(refusal.at(1).get_ref<const std::string&>())});
  }
  check.weight = json.at("weight");
  check.variable = json.at("variable");
  check.licence = json.at("licence");
  return check;
}

}  // namespace

std::optional<FileStamp> stamp_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{static_cast<std::uint64_t>(status.st_size),
                   std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

SurveyCache::SurveyCache(fs::path path, std::string key)
    : path_(std::move(path)), key_(std::move(key)) {
  try {
    read();
  } catch (const std::exception&) {  // Damaged, in whatever way: all is found out again.
    entries_.clear();
  }
}

void SurveyCache::read() {
  std::ifstream file(path_);
  if (path_.empty() || !file) return;
  const Json json = Json::parse(file);
  if (json.at("key") != key_ || json.at("sum") != sum_of(json.at("faces"))) return;
  for (const Json& face : json.at("faces")) {
    Entry entry;
    entry.stamp = {face.at("bytes"), face.at("changed_ns")};
    entry.record.check = check_of(face.at("check"));
    entry.record.sha256 = face.at("sha256");
    entry.record.package = face.at("package");
    entry.record.licence = face.at("licence");
    entry.record.licence_source = face.at("licence_source");
    entries_[{face.at("path"), face.at("index")}] = std::move(entry);
  }
}

bool SurveyCache::find(const FileStamp& stamp, FaceRecord& record) const {
  const FaceFile& file = record.face.file;
  const auto found = entries_.find({file.path.string(), file.index});
  if (found == entries_.end() || found->second.stamp != stamp) return false;
  ListedFace face = std::move(record.face);
  record = found->second.record;
  record.face = std::move(face);
  return true;
}

void SurveyCache::insert(const FileStamp& stamp, const FaceRecord& record) {
  const FaceFile& file = record.face.file;
  entries_[{file.path.string(), file.index}] = {stamp, record};
  changed_ = true;
}

void SurveyCache::save() const {
  if (path_.empty() || !changed_) return;
  // Another program may have written since.
  auto entries = SurveyCache(path_, key_).entries_;
  for (const auto& [place, entry] : entries_) entries.insert_or_assign(place, entry);
  Json faces = Json::array();
  for (const auto& [place, entry] : entries) {
    if (!stamp_of(place.first)) continue;
    const FaceRecord& record = entry.record;
    faces.push_back({{"path", place.first},
                     {"index", place.second},
                     {"bytes", entry.stamp.bytes},
                     {"changed_ns", entry.stamp.changed_ns},
                     {"check", to_json(record.check)},
                     {"sha256", record.sha256},
                     {"package", record.package},
                     {"licence", record.licence},
                     {"licence_source", record.licence_source}});
  }
  std::error_code error;
  fs::create_directories(path_.parent_path(), error);
  // A name of its own: several programs may write the cache at once, and the last one wins.
  const fs::path mine = fmt::format("{}.{}", path_.string(), ::getpid());
  try {
    const std::size_t sum = sum_of(faces);
    write_file(mine, Json{{"key", key_}, {"sum", sum}, {"faces", std::move(faces)}}.dump(), true);
    fs::rename(mine, path_, error);
  } catch (const std::exception&) {  // Read-only, full, or a path that is no UTF-8.
    fs::remove(mine, error);
  }
}

}  // namespace af::fonts
