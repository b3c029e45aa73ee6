#include "fonts/package_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace af::fonts {
namespace {

namespace fs = std::filesystem;

/// Other files are not looked for, and dpkg's lists are long.
constexpr std::string_view kFonts = "/usr/share/fonts/";

/// What stands behind "NAME:" at the beginning of a line; empty if it begins otherwise.
std::string value_of(const std::string& line, std::string_view name) {
  if (!line.starts_with(name)) return {};
  const std::size_t begin = line.find_first_not_of(" \t", name.size());
  return begin == std::string::npos ? std::string() : line.substr(begin);
}

}  // namespace

PackageFiles::PackageFiles(const fs::path& database) {
  std::error_code error;
  for (fs::directory_iterator entry(database, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (entry->path().extension() != ".list") continue;
    const std::string stem = entry->path().stem().string();
    const std::string package = stem.substr(0, stem.find(':'));  // Without the architecture.
    std::ifstream list(entry->path());
    for (std::string line; std::getline(list, line);) {
      if (line.starts_with(kFonts)) packages_[line] = package;
    }
  }
}

std::string PackageFiles::package_of(const fs::path& file) const {
  const auto found = packages_.find(file.string());
  return found == packages_.end() ? std::string() : found->second;
}

std::string package_licence(const std::string& package, const fs::path& docs) {
  std::ifstream copyright(docs / package / "copyright");
  std::vector<std::string> licences;
  std::string files;
  for (std::string line; std::getline(copyright, line);) {
    if (line.empty()) files.clear();
    if (const std::string value = value_of(line, "Files:"); !value.empty()) files = value;
    const std::string licence = value_of(line, "License:");
    if (licence.empty() || files.empty() || files.starts_with("debian/")) continue;
    if (std::ranges::find(licences, licence) == licences.end()) licences.push_back(licence);
  }
  return fmt::format("{}", fmt::join(licences, " and "));
}

}  // namespace af::fonts
