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

/// What each room of audit/ may include of the other rooms. audit/audit.* may include them all.
const std::map<std::string, std::set<std::string>> kAuditRooms{
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
};

/// Libraries that one folder alone may include, by the beginning of the header's name.
const std::vector<std::pair<std::string, std::string>> kReserved{
    {"ft2build.h", "fonts"}, {"freetype/", "fonts"}, {"fontconfig/", "fonts"},
    {"opencv2/", "synth"},   {"torch/", "al"},       {"ATen/", "al"},
    {"c10/", "al"},          {"arrow/", "audit"},    {"parquet/", "audit"},
    {"png.h", "al"},         {"turbojpeg.h", "al"},  {"CLI/", "apps"},
    {"hdf5.h", "core"},      {"H5", "core"},         {"Random123/", "core"},
    {"openssl/", "core"},
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

/// Why a room of audit/ must not include this header of audit/; empty if it may.
std::string forbidden_room(const std::string& room, const std::string& header) {
  if (!kAuditRooms.contains(room)) return "audit/" + room + " is no room of audit";
  const std::size_t begin = std::string("audit/").size();
  const std::size_t end = header.find('/', begin);
  const std::string target = end == std::string::npos ? "" : header.substr(begin, end - begin);
  if (target == room || kAuditRooms.at(room).contains(target)) return {};
  return "audit/" + room + " must not include audit/" + target;
}

/// Why this include must not be; empty if it may.
std::string forbidden(const Include& include) {
  const std::string target = include.header.substr(0, include.header.find('/'));
  if (kAllowed.contains(target) && target != include.folder &&
      !kAllowed.at(include.folder).contains(target)) {
    return include.folder + " must not include " + target;
  }
  if (include.folder == "audit" && include.room.empty()) {
    static const std::regex kEntry(R"re((^|/)audit/audit\.(h|cc):\d+$)re");
    if (!std::regex_search(include.where, kEntry)) return "audit/ itself holds audit.* alone";
  } else if (include.folder == "audit" && target == "audit") {
    return forbidden_room(include.room, include.header);
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

TEST(IncludeEdges, RoomsOfTheAuditAreHeldToTheirOrder) {
  EXPECT_NE(forbidden({"audit", "statistics", "", "audit/reports/report.h"}), "");
  EXPECT_NE(forbidden({"audit", "metrics", "", "audit/audit.h"}), "");
  EXPECT_NE(forbidden({"audit", "attic", "", "audit/counts/contingency_table.h"}), "");
  EXPECT_EQ(forbidden({"audit", "reports", "", "audit/charts/charts.h"}), "");
  EXPECT_EQ(forbidden({"audit", "", "audit/audit.cc:1", "audit/forms/html_report.h"}), "");
  EXPECT_NE(forbidden({"audit", "", "audit/audit_flat.cc:1", "vector"}), "");
  EXPECT_NE(forbidden({"audit", "", "audit/flat.cc:1", "audit/forms/html_report.h"}), "");
}

}  // namespace
