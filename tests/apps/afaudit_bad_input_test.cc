#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "tests/audit/inputs/small_files.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

using testing::HasSubstr;

class AfauditBadInput : public testing::Test {
 protected:
  AfauditBadInput() { write_dataset(folder_ / "t.h5", {40, 10, 10, 40}); }

  /// Runs afaudit, which must refuse with this exit code and one sentence with these words in it.
  void expect_refused(std::vector<std::string> argv, int exit_code,
                      const std::vector<std::string>& words) const {
    argv.insert(argv.begin(), "afaudit");
    const Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_THAT(outcome.err, testing::StartsWith("afaudit: error: "));
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    for (const std::string& word : words) EXPECT_THAT(outcome.err, HasSubstr(word));
    EXPECT_EQ(outcome.out, "");
  }

  /// The same for a table of predictions with this text.
  void expect_csv_refused(const std::string& text, const std::vector<std::string>& words) const {
    write_bytes(folder_ / "p.csv", text);
    expect_refused(
        {folder_ / "p.csv", "--label", "label", "--prediction", "prediction", "--group", "color"},
        3, words);
  }

  void expect_subset_refused(const std::string& text, const std::vector<std::string>& words) const {
    write_bytes(folder_ / "rows.csv", text);
    expect_refused({folder_ / "t.h5", "--subset", folder_ / "rows.csv"}, 3, words);
  }

  /// The data set with one byte of an attribute's name changed.
  void hide_attribute(const std::string& name) const {
    std::string bytes = file_bytes(folder_ / "t.h5");
    const std::size_t at = bytes.find(name);
    ASSERT_NE(at, std::string::npos);
    bytes[at] = '_';
    write_bytes(folder_ / "t.h5", bytes);
  }

  TempDir folder_;
};

TEST_F(AfauditBadInput, RefusesAnIntervalThatIsUnknownOrWouldBeIgnored) {
  expect_refused({folder_ / "t.h5", "--interval", "wald"}, 2,
                 {"wald", "wilson", "clopper-pearson"});
  write_bytes(folder_ / "p.csv", "label,prediction,color\n1,1,red\n0,0,blue\n");
  expect_refused({folder_ / "p.csv", "--label", "label", "--prediction", "prediction", "--group",
                  "color", "--interval", "clopper-pearson"},
                 2, {"--interval", "no meaning"});
}

TEST_F(AfauditBadInput, NamesAnInputThatIsMissing) {
  expect_refused({folder_ / "none.h5"}, 3, {"none.h5", "does not exist"});
  expect_refused({folder_ / "t.h5", "--subset", folder_ / "none.csv"}, 3, {"none.csv"});
}

TEST_F(AfauditBadInput, NamesAFileThatIsNoHdf5) {
  write_bytes(folder_ / "text.h5", "not a data set");
  expect_refused({folder_ / "text.h5"}, 3, {"text.h5", "no HDF5 file"});
}

TEST_F(AfauditBadInput, NamesAFileThatWasCutShort) {
  const std::string bytes = file_bytes(folder_ / "t.h5");
  write_bytes(folder_ / "cut.h5", bytes.substr(0, bytes.size() / 2));
  expect_refused({folder_ / "cut.h5"}, 3, {"cut.h5"});
}

TEST_F(AfauditBadInput, NamesAFileThatWasNotCompleted) {
  hide_attribute("complete");
  expect_refused({folder_ / "t.h5"}, 3, {"t.h5", "not complete"});
}

TEST_F(AfauditBadInput, NamesAFileOfAnotherSchema) {
  hide_attribute("schema_version");
  expect_refused({folder_ / "t.h5"}, 3, {"t.h5", "schema_version"});
}

TEST_F(AfauditBadInput, OffersTheNearestColumn) {
  expect_refused({folder_ / "t.h5", "--group", "colour"}, 3, {"colour", "did you mean 'color'?"});
  expect_csv_refused("label,predicton,color\n1,1,red\n", {"did you mean 'predicton'?"});
}

TEST_F(AfauditBadInput, RefusesAColumnThatIsNotCategorical) {
  expect_refused({folder_ / "t.h5", "--group", "index"}, 3, {"index", "categorical"});
}

TEST_F(AfauditBadInput, NamesLineAndRowOfABadSubset) {
  expect_subset_refused("row\n1\n100\n", {"rows.csv, line 3", "'100'", "0 to 99"});
  expect_subset_refused("row\n1\n2\n1\n", {"rows.csv, line 4", "row 1 is named a second time"});
  expect_subset_refused("row\nx\n", {"rows.csv, line 2", "'x'"});
  expect_subset_refused("rows\n1\n", {"no column 'row'", "did you mean 'rows'?"});
  expect_subset_refused("row\n", {"rows.csv", "no rows"});
}

TEST_F(AfauditBadInput, NamesTheLineOfABadCsv) {
  expect_csv_refused("label,prediction,color\n1,1,red\n1,0\n", {"p.csv, line 3", "2 fields"});
  expect_csv_refused("label,prediction,color\n1,1,red\n1,,red\n",
                     {"p.csv, line 3", "'prediction' is empty"});
  expect_csv_refused("label,prediction,color\n", {"p.csv", "no rows"});
  expect_csv_refused("", {"p.csv", "empty"});
  expect_csv_refused("label,prediction,color\n1,1,\xff\n", {"p.csv", "UTF-8"});
  expect_csv_refused("label,prediction,color\nyes,1,red\nno,0,red\n", {"same coding"});
}

TEST_F(AfauditBadInput, RefusesAFolderThatIsNoRun) {
  expect_refused({folder_.path().string()}, 3, {"config.toml", "is missing"});
}

TEST_F(AfauditBadInput, NamesWhatARunLacks) {
  write_run(folder_ / "run");
  std::filesystem::remove(folder_.path() / "run/random/seed-1/predictions.csv");
  expect_refused({folder_ / "run"}, 3, {"random/seed-1/predictions.csv is missing"});
}

TEST_F(AfauditBadInput, RefusesAFormatThatItDoesNotHave) {
  expect_refused({folder_ / "t.h5", "--format", "pdf"}, 2,
                 {"'pdf'", "text, json, html, csv, markdown and junit"});
}

TEST_F(AfauditBadInput, RefusesOptionsThatWouldBeIgnored) {
  write_run(folder_ / "run");
  expect_refused({folder_ / "run", "--group", "color"}, 2, {"--group", "run folder"});
  expect_refused({folder_ / "t.h5", "--prediction", "p"}, 2, {"--group"});
  write_bytes(folder_ / "p.csv", "label,prediction,color\n1,1,red\n");
  expect_refused({folder_ / "p.csv", "--subset", "x.csv", "--group", "color"}, 2, {"--subset"});
  expect_refused({folder_ / "t.h5", "--format", "junit"}, 2, {"--fail-if or --policy"});
  expect_refused({folder_ / "p.csv"}, 2, {"--group"});
  expect_refused({folder_ / "t.h5", "--group", "char"}, 2, {"'char' is named twice"});
  expect_refused({folder_ / "p.csv", "--group", "color", "--label", "color"}, 2, {"twice"});
}

TEST_F(AfauditBadInput, RefusesAPositiveClassThatDoesNotOccur) {
  write_bytes(folder_ / "p.csv", "label,prediction,color\n1,1,red\n0,0,blue\n");
  expect_refused({folder_ / "p.csv", "--label", "label", "--prediction", "prediction", "--group",
                  "color", "--positive", "yes"},
                 2, {"'yes'", "0 and 1"});
}

TEST_F(AfauditBadInput, NamesTheLineOfABadScore) {
  const auto refused = [&](const std::string& csv, int exit_code,
                           const std::vector<std::string>& words) {
    write_bytes(folder_ / "p.csv", csv);
    expect_refused(
        {folder_ / "p.csv", "--label", "y", "--prediction", "p", "--group", "g", "--score", "s"},
        exit_code, words);
  };
  refused("y,p,g,s\n1,1,a,0.5\n0,0,b,1.5\n", 3, {"p.csv, line 3", "'1.5'", "from 0 to 1"});
  refused("y,p,g,s\n1,1,a,nan\n0,0,b,0.5\n", 3, {"p.csv, line 2", "'nan'"});
  refused("y,p,g,s\n1,1,a,high\n0,0,b,0.5\n", 3, {"p.csv, line 2", "'high'"});
  refused("y,p,g,score\n1,1,a,0.1\n0,0,b,0.5\n", 3, {"no column 's'", "y, p, g and score"});
  refused("y,p,g,s\n1,1,a,0.1\n0,0,b,0.5\n2,2,b,0.5\n", 2, {"--score needs --positive"});
  expect_refused({folder_ / "t.h5", "--score", "s"}, 2, {"--score"});
  expect_refused({folder_ / "t.h5", "--replicates", "-1"}, 2, {"replicates is -1"});
}

TEST_F(AfauditBadInput, KeepsAnOutputThatIsThere) {
  write_bytes(folder_ / "page.html", "mine");
  expect_refused({folder_ / "t.h5", "-o", folder_ / "page.html"}, 5, {"page.html"});
  EXPECT_EQ(file_bytes(folder_ / "page.html"), "mine");
  EXPECT_EQ(
      run_program({"afaudit", folder_ / "t.h5", "-o", folder_ / "page.html", "--force"}).exit_code,
      0);
  EXPECT_THAT(file_bytes(folder_ / "page.html"), HasSubstr("Composition"));
}

TEST_F(AfauditBadInput, NamesAFolderThatCannotBeWritten) {
  expect_refused({folder_ / "t.h5", "-o", folder_ / "none/page.html"}, 5, {"none"});
  expect_refused({folder_ / "t.h5", "-o", "/proc/page.html"}, 5, {"/proc"});
}

TEST_F(AfauditBadInput, NeverWritesOverWhatItReads) {
  const std::string csv = "label,prediction,color\n1,1,red\n0,0,blue\n";
  write_bytes(folder_ / "p.csv", csv);
  expect_refused({folder_ / "p.csv", "--group", "color", "-o", folder_ / "p.csv", "--force"}, 5,
                 {"p.csv is an input"});
  EXPECT_EQ(file_bytes(folder_ / "p.csv"), csv);
  write_bytes(folder_ / "rows.csv", "row\n1\n");
  expect_refused(
      {folder_ / "t.h5", "--subset", folder_ / "rows.csv", "-o", folder_ / "rows.csv", "--force"},
      5, {"rows.csv is an input"});
}

TEST_F(AfauditBadInput, RefusesPipesAndDevices) {
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  expect_refused({folder_ / "pipe", "--group", "g"}, 3, {"is a pipe or a device"});
  expect_refused({"/dev/zero", "--group", "g"}, 3, {"is a pipe or a device"});
  expect_refused({folder_ / "t.h5", "--subset", folder_ / "pipe"}, 3, {"is a pipe or a device"});
}

TEST_F(AfauditBadInput, NamesTheLineOfAQuoteThatDoesNotEnd) {
  expect_csv_refused("label,prediction,color\n1,1,red\n1,1,\"red\n0,0,blue\n",
                     {"p.csv, line 3", "a quoted field does not end"});
  std::string many = "label,prediction,color\n1,1,red\n1,1,\"red\n";
  for (int row = 0; row < 200'000; ++row) many += "0,0,blue\n";
  expect_csv_refused(many, {"p.csv, line 3", "a quoted field does not end"});
}

TEST_F(AfauditBadInput, NamesNumbersThatAreNone) {
  expect_csv_refused("label,prediction,color\n1,1,red\nNaN,0,red\n",
                     {"p.csv, line 3", "'label' is NaN"});
  expect_csv_refused("label,prediction,color\n1,1,red\n1,0,nan\n", {"'color' is NaN"});
}

TEST_F(AfauditBadInput, RefusesTextsInPlaceOfGroups) {
  expect_csv_refused("label,prediction,color\n1,1,red\n1,0," + std::string(1'001, 'x') + "\n",
                     {"p.csv, line 3", "'color' has a value of 1001 bytes"});
  std::string wide = "label,prediction,color";
  for (int column = 0; column < 60'000; ++column) wide += ",c" + std::to_string(column);
  expect_csv_refused(wide + "\n1\n", {"a first line longer than 262 kB"});
}

TEST_F(AfauditBadInput, SaysThatColumnsAreSeparatedByCommas) {
  expect_csv_refused("label;prediction;color\n1;1;red\n", {"expected commas between columns"});
}

TEST_F(AfauditBadInput, SaysWhatATextOfAnotherCodingIs) {
  expect_csv_refused("\x1f\x8b\x08 not to be read", {"it is compressed, expected plain text"});
  std::string wide = "\xff\xfe";
  for (const char letter : std::string_view("label,prediction,color\n1,1,red\n")) {
    wide += {letter, '\0'};
  }
  expect_csv_refused(wide, {"it is UTF-16, expected UTF-8"});
}

TEST_F(AfauditBadInput, RefusesStrataThatCompareNothing) {
  write_bytes(folder_ / "p.csv", "y,g,job\n1,red,a\n0,blue,b\n");
  expect_refused({folder_ / "p.csv", "--group", "g", "--stratum", "job"}, 2,
                 {"--stratum", "audited without --label"});
  write_bytes(folder_ / "rows.csv", "row\n1\n");
  expect_refused({folder_ / "t.h5", "--subset", folder_ / "rows.csv", "--stratum", "char",
                  "--label", "color", "--group", "char"},
                 2, {"'char' is named twice"});
  expect_refused({folder_ / "t.h5", "--subset", folder_ / "rows.csv", "--stratum", "index"}, 2,
                 {"--stratum", "audited with --subset"});
}

TEST_F(AfauditBadInput, SaysThatStandardOutputIsFull) {
  const Outcome outcome = run_program(
      {"/bin/sh", "-c", std::string(AF_BIN_DIR "/afaudit ") + (folder_ / "t.h5") + " >/dev/full"});
  EXPECT_EQ(outcome.exit_code, 5);
  EXPECT_THAT(outcome.err, HasSubstr("standard output"));
}

}  // namespace
}  // namespace af::test
