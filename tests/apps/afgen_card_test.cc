#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "core/sha256.h"
#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"

/// What afgen writes beside a data set: cards and pictures.
namespace af {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::afgen;
using test::file_bytes;
using test::Outcome;
using testing::AllOf;
using testing::HasSubstr;

class AfgenCard : public test::AfgenInFolder {
 protected:
  /// The JSON-LD's entry for a file.
  static json entry(const json& card, const std::string& file) {
    for (const json& one : card["distribution"]) {
      if (one["@id"] == file) return one;
    }
    return nullptr;
  }
};

TEST_F(AfgenCard, SaysWhatTheFileIs) {
  make({"--n", "200", "--draws", "quota", "--p", "0.8", "--seed", "5"}, "a.h5");
  const Outcome outcome =
      afgen({"card", path("a.h5"), "--license", "CC-BY-4.0", "--about", "Tied | \"colours\"."});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, path("a.md") + "\n" + path("a.croissant.json") + "\n");
  const std::string hash = sha256_of_file(path("a.h5"));
  EXPECT_THAT(file_bytes(path("a.md")),
              AllOf(HasSubstr("# a\n"), HasSubstr("| rows | 200 |"), HasSubstr(hash),
                    HasSubstr("| blue | a | 80 | 0.4000 | 0.4000 |"), HasSubstr("as configured"),
                    HasSubstr("p = 0.8\n"), HasSubstr("| seed | 5 |"), HasSubstr("| `x` | uint8 |"),
                    HasSubstr("| creator | not said |"), HasSubstr("DejaVuSans.ttf")));
  const json card = json::parse(file_bytes(path("a.croissant.json")));
  EXPECT_EQ(card["conformsTo"], "http://mlcommons.org/croissant/1.0");
  EXPECT_EQ(card["license"], "CC-BY-4.0");
  EXPECT_EQ(card["description"], "Tied | \"colours\".");
  EXPECT_FALSE(card.contains("creator"));
  EXPECT_EQ(entry(card, "a.h5")["sha256"], hash);
  EXPECT_EQ(entry(card, "a.h5")["contentSize"], std::to_string(fs::file_size(path("a.h5"))) + " B");
  std::set<std::string> fields;
  for (const json& field : card["recordSet"][0]["field"]) {
    fields.insert(field["name"]);
    EXPECT_EQ(field["source"]["fileObject"]["@id"], "a.h5");
  }
  std::set<std::string> columns;
  const DatasetReader file(path("a.h5"));
  for (const Column& column : file.columns()) columns.insert(column.name);
  EXPECT_EQ(fields, columns);
}

TEST_F(AfgenCard, ShowsWhatMarkdownWouldTakeForItself) {
  make({"--n", "8", "--chars", "|,`,\\,*", "--draws", "quota"}, "a|b.h5");
  const Outcome outcome = afgen({"card", path("a|b.h5"), "--license", "one\ntwo | three",
                                 "--creator", "<i>*me* &lt; _you_", "--name", "[x]\ny"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(file_bytes(path("a|b.md")),
              AllOf(HasSubstr("# \\[x\\] y\n"), HasSubstr("| license | one two \\| three |\n"),
                    HasSubstr("| creator | \\<i\\>\\*me\\* \\&lt; \\_you\\_ |\n"),
                    HasSubstr("| [a\\|b.croissant.json](<a\\|b.croissant.json>) |\n"),
                    HasSubstr("\n| a\\|b.h5 |"), HasSubstr("\n| blue | \\| |"),
                    HasSubstr("\n| blue | \\` |"), HasSubstr("\n| blue | \\\\ |"),
                    HasSubstr("\n| blue | \\* |")));
  EXPECT_EQ(json::parse(file_bytes(path("a|b.croissant.json")))["license"], "one\ntwo | three");
}

TEST_F(AfgenCard, NamesThePartsOfAVirtualFile) {
  make({"--n", "40", "--shard", "1/2"}, "1.h5");
  make({"--n", "40", "--shard", "2/2"}, "2.h5");
  ASSERT_EQ(afgen({"merge", "--virtual", path("2.h5"), path("1.h5"), "-o", path("a.h5")}).exit_code,
            0);
  ASSERT_EQ(afgen({"card", path("a.h5")}).exit_code, 0);
  const json card = json::parse(file_bytes(path("a.croissant.json")));
  for (const std::string name : {"a.h5", "1.h5", "2.h5"}) {
    EXPECT_EQ(entry(card, name)["sha256"], sha256_of_file(path(name)));
    EXPECT_THAT(file_bytes(path("a.md")), HasSubstr(sha256_of_file(path(name))));
  }
}

TEST_F(AfgenCard, ReplacesNothingUnasked) {
  make({"--n", "4"}, "a.h5");
  test::write_bytes(path("a.md"), "mine");
  const auto refused = [&](std::vector<std::string> arguments, int exit_code) {
    arguments.insert(arguments.begin(), {"card", path("a.h5")});
    const Outcome outcome = afgen(arguments);
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_THAT(outcome.err, testing::StartsWith("afgen: error: "));
  };
  refused({}, 5);
  EXPECT_EQ(file_bytes(path("a.md")), "mine");
  EXPECT_FALSE(fs::exists(path("a.croissant.json")));
  refused({"-o", path("a.h5"), "--force"}, 2);
  refused({"--date", "2026-02-30", "--force"}, 2);
  refused({"--date", "yesterday", "--force"}, 2);
  EXPECT_EQ(DatasetReader(path("a.h5")).rows(), 4U);
  EXPECT_EQ(afgen({"card", path("none.h5")}).exit_code, 3);
  EXPECT_EQ(afgen({"card", path("a.h5"), "--force", "--date", "2024-02-29"}).exit_code, 0);
  EXPECT_NE(file_bytes(path("a.md")), "mine");
}

TEST_F(AfgenCard, PicturesOfTheBiasDependOnIt) {
  make({"--n", "100", "--bias-picture", path("a.png")}, "a.h5");
  make({"--n", "100", "--p", "0.5", "--bias-picture", path("b.png")}, "b.h5");
  const std::string a = file_bytes(path("a.png"));
  EXPECT_THAT(a.substr(1, 3), "PNG");
  EXPECT_TRUE(a != file_bytes(path("b.png")));
  const Outcome again = afgen({"--n", "100", "--bias-picture", path("a.png"), "-o", path("c.h5")});
  EXPECT_EQ(again.exit_code, 5);
  EXPECT_FALSE(fs::exists(path("c.h5")));
  EXPECT_TRUE(file_bytes(path("a.png")) == a);
  // A letter that is not in the font of the picture.
  make({"--n", "100", "--chars", "a,b,é", "--bias-picture", path("d.png")}, "d.h5");
}

}  // namespace
}  // namespace af
