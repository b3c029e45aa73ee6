#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

/// The direction of dependencies, as docs/architecture.md draws it, read off the includes.
namespace {

namespace fs = std::filesystem;

/// What each folder may include of the project besides itself.
const std::map<std::string, std::set<std::string>> kAllowed{
    {"core", {}},     {"fonts", {"core"}}, {"synth", {"core", "fonts"}},
    {"al", {"core"}}, {"audit", {"core"}}, {"apps", {"core", "fonts", "synth", "al", "audit"}},
};

/// What each room of a folder may include of its other rooms.
using Rooms = std::map<std::string, std::set<std::string>>;

/// The folders with rooms. What lies beside the rooms is listed in kEntries.
const std::map<std::string, Rooms> kRooms{
    {"audit",
     {
         {"config", {"counts", "statistics", "inputs"}},
         {"counts", {}},
         {"page", {}},
         {"statistics", {"counts"}},
         {"inputs", {"counts"}},
         {"metrics", {"counts", "statistics"}},
         {"composition", {"counts", "statistics", "metrics"}},
         {"runs", {"counts", "statistics", "inputs", "metrics", "composition"}},
         {"charts", {"counts", "statistics", "metrics", "composition", "runs"}},
         {"reports", {"counts", "statistics", "metrics", "composition", "runs", "charts"}},
         {"gates", {"counts", "statistics", "reports"}},
         {"forms", {"counts", "statistics", "reports", "gates", "page"}},
     }},
    {"al",
     {
         {"acquisition", {}},
         {"device", {}},
         {"images", {}},
         {"models", {}},
         {"methods", {"models"}},
         {"weights", {"models"}},
         {"config", {"acquisition", "device", "images", "methods", "models"}},
         {"metrics", {"images"}},
         {"runs", {"config", "device", "images", "methods", "metrics"}},
         {"comparison", {"images", "runs"}},
         {"inference", {"acquisition", "config", "device", "images", "models"}},
         {"training", {"config", "device", "images", "inference", "methods", "models"}},
         {"experiment",
          {"acquisition", "comparison", "config", "device", "images", "inference", "methods",
           "metrics", "models", "runs", "training", "weights"}},
         {"measure",
          {"acquisition", "config", "device", "images", "inference", "models", "runs", "training"}},
     }},
};

/// What may lie in a folder with rooms beside them; it may include all of them.
const std::map<std::string, std::set<std::string>> kEntries{{"audit", {"audit.h", "audit.cc"}}};

/// Libraries that one folder alone may include, by the beginning of the header's name.
const std::vector<std::pair<std::string, std::string>> kReserved{
    {"ft2build.h", "fonts"}, {"freetype/", "fonts"}, {"fontconfig/", "fonts"},
    {"opencv2/", "synth"},   {"torch/", "al"},       {"ATen/", "al"},
    {"c10/", "al"},          {"caffe2/", "al"},      {"arrow/", "audit"},
    {"parquet/", "audit"},   {"png.h", "al"},        {"turbojpeg.h", "al"},
    {"CLI/", "apps"},        {"hdf5.h", "core"},     {"H5", "core"},
    {"Random123/", "core"},  {"openssl/", "core"},
};

struct Include {
  std::string folder;  ///< Of the file that includes.
  std::string room;    ///< The folder's folder that it is in; empty if it is in none.
  std::string where;   ///< FILE:LINE.
  std::string header;
};

std::vector<Include> includes_of(const fs::path& root) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<Include> found;
  for (const auto& [folder, allowed] : kAllowed) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      const fs::path place = fs::relative(entry.path(), root / folder).parent_path();
      const std::string room = place.empty() ? "" : place.begin()->string();
      std::ifstream file(entry.path());
      std::string line;
      for (int number = 1; std::getline(file, line); ++number) {
        std::smatch match;
        if (!std::regex_search(line, match, kInclude)) continue;
        found.push_back(
            {folder, room, entry.path().string() + ":" + std::to_string(number), match[1]});
      }
    }
  }
  return found;
}

/// Why this include must not be as far as rooms go; empty if it may.
std::string forbidden_room(const Include& include, const std::string& target) {
  const Rooms& rooms = kRooms.at(include.folder);
  if (include.room.empty()) {
    const std::string file = fs::path(include.where.substr(0, include.where.find(':'))).filename();
    const auto entries = kEntries.find(include.folder);
    const bool may = entries != kEntries.end() && entries->second.contains(file);
    return may ? "" : file + " is in no room of " + include.folder;
  }
  if (!rooms.contains(include.room)) return include.room + " is no room of " + include.folder;
  if (target != include.folder) return {};
  const std::size_t begin = target.size() + 1;
  const std::size_t end = include.header.find('/', begin);
  const std::string room =
      end == std::string::npos ? "" : include.header.substr(begin, end - begin);
  if (room == include.room || rooms.at(include.room).contains(room)) return {};
  return include.folder + "/" + include.room + " must not include " + target + "/" + room;
}

/// Why this include must not be; empty if it may.
std::string forbidden(const Include& include) {
  const std::string target = include.header.substr(0, include.header.find('/'));
  if (kAllowed.contains(target) && target != include.folder &&
      !kAllowed.at(include.folder).contains(target)) {
    return include.folder + " must not include " + target;
  }
  if (kRooms.contains(include.folder)) {
    if (std::string why = forbidden_room(include, target); !why.empty()) return why;
  }
  for (const auto& [beginning, owner] : kReserved) {
    if (include.header.starts_with(beginning) && include.folder != owner) {
      return "only " + owner + " may include " + include.header;
    }
  }
  return {};
}

TEST(IncludeEdges, FollowTheDirectionOfTheFolders) {
  const std::vector<Include> all = includes_of(AF_SOURCE_DIR);
  ASSERT_GT(all.size(), 50U) << "the sources were not found";
  for (const Include& include : all) {
    EXPECT_EQ(forbidden(include), "") << include.where << " includes " << include.header;
  }
}

TEST(IncludeEdges, SidewaysAndUpwardEdgesAreFound) {
  EXPECT_NE(forbidden({"audit", "", "audit/audit.cc:1", "al/pool.h"}), "");
  EXPECT_NE(forbidden({"core", "", "", "synth/raster.h"}), "");
  EXPECT_NE(forbidden({"fonts", "", "", "synth/row.h"}), "");
  EXPECT_NE(forbidden({"audit", "", "audit/audit.cc:1", "torch/torch.h"}), "");
  EXPECT_EQ(forbidden({"synth", "", "", "fonts/face.h"}), "");
}

TEST(IncludeEdges, RoomsAreHeldToTheirOrder) {
  EXPECT_NE(forbidden({"audit", "statistics", "", "audit/reports/report.h"}), "");
  EXPECT_NE(forbidden({"audit", "metrics", "", "audit/audit.h"}), "");
  EXPECT_NE(forbidden({"audit", "attic", "", "audit/counts/contingency_table.h"}), "");
  EXPECT_EQ(forbidden({"audit", "reports", "", "audit/charts/charts.h"}), "");
  EXPECT_EQ(forbidden({"audit", "", "audit/audit.cc:1", "audit/forms/html_report.h"}), "");
  EXPECT_NE(forbidden({"audit", "", "audit/audit_flat.cc:1", "vector"}), "");
  EXPECT_NE(forbidden({"audit", "", "audit/flat.cc:1", "audit/forms/html_report.h"}), "");
  EXPECT_NE(forbidden({"al", "", "al/flat.cc:1", "vector"}), "");
  EXPECT_NE(forbidden({"al", "models", "al/models/vgg16.cc:1", "al/training/training.h"}), "");
  EXPECT_EQ(forbidden({"al", "methods", "al/methods/repair.cc:1", "al/models/classifier.h"}), "");
}

}  // namespace
