#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/audit/inputs/small_files.h"
#include "tests/audit/inputs/small_tables.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// Rows label, prediction, color, score, job.
std::string predictions() {
  std::string csv = "y,p,color,s,job\n";
  for (int i = 0; i < 90; ++i) {
    csv += std::to_string(i % 2) + "," + std::to_string(i / 3 % 2) +
           (i % 5 < 2 ? ",red,0." : ",blue,0.") + std::to_string(10 + i * 7 % 80) +
           (i % 7 < 3 ? ",x\n" : ",y\n");
  }
  return csv;
}

class AfauditForms : public testing::Test {
 protected:
  /// A JSON report of this command line, written to a file whose name is returned.
  std::string report(const std::string& name, std::vector<std::string> argv) const {
    argv.insert(argv.begin(), "afaudit");
    argv.insert(argv.end(), {"--json", "--force", "-o", folder_ / name});
    const Outcome outcome = run_program(argv);
    EXPECT_LE(outcome.exit_code, 4) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    return folder_ / name;
  }

  TempDir folder_;
};

/// What the schema is held to, tests/oracle/validate_report.py says.
TEST_F(AfauditForms, FitThePublishedSchema) {
  const char* python = std::getenv("AF_ORACLE_PYTHON");
  if (python == nullptr)
    GTEST_SKIP() << "AF_ORACLE_PYTHON names no interpreter; ./dev test sets it";
  write_run(folder_ / "run", 5);
  write_bytes(folder_ / "rows.csv", "row\n0\n1\n40\n41\n99\n");
  write_bytes(folder_ / "p.csv", predictions());
  write_bytes(folder_ / "thin.csv", "y,p,g\na,a,x\nb,a,x\nc,b,y\na,c,z\n");
  const std::string train = folder_ / "train.h5";
  const std::vector<std::string> columns{folder_ / "p.csv", "--label", "y", "--prediction", "p"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), columns.begin(), columns.end());
    return more;
  };
  std::vector<std::string> argv{
      python,
      AF_SOURCE_DIR "/tests/oracle/validate_report.py",
      AF_SOURCE_DIR "/docs/afaudit.schema.json",
      report("composition.json", {train, "--fail-if", "rows > 1 or p_char_a_difference > 0.1"}),
      report("groups.json", {folder_ / "p.csv", "--group", "color", "--group", "job"}),
      report("reversals.json",
             {folder_ / "p.csv", "--label", "y", "--group", "job", "--group", "color"}),
      report("subset.json", {train, "--subset", folder_ / "rows.csv"}),
      report("run.json", {folder_ / "run", "--fail-if", "rows < 1"}),
      report("predictions.json", with({"--group", "color", "--score", "s", "--stratum", "job",
                                       "--fail-if", "f1_difference > 0.1"})),
      report("several.json", with({"--group", "color", "--group", "job", "--replicates", "0"})),
      report("weighted.json",
             with({"--group", "color", "--weights", "s", "--weights-are", "sampling"})),
      report("weighted-cells.json", {folder_ / "p.csv", "--label", "y", "--group", "color",
                                     "--stratum", "job", "--weights", "p"}),
      report("thin.json",
             {folder_ / "thin.csv", "--label", "y", "--prediction", "p", "--group", "g"})};
  std::filesystem::remove(train);
  argv.push_back(report("alone.json", {folder_ / "run"}));
  const Outcome outcome = run_program(argv);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
}

/// Their member would take the place of the column's value.
TEST_F(AfauditForms, RefuseAColumnOfTheNameOfAMember) {
  const auto expect_refusal = [&](const std::string& column, std::vector<std::string> argv) {
    write_bytes(folder_ / "t.csv", "y,p,g," + column + "\n1,0,r,a\n0,0,r,b\n1,1,b,a\n0,1,b,b\n");
    argv.insert(argv.begin(), {"afaudit", folder_ / "t.csv", "--label", "y"});
    const Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, 2) << column;
    EXPECT_THAT(outcome.err, HasSubstr("column '" + column +
                                       "' has a name that the report uses "
                                       "itself; rename it"));
  };
  for (const std::string column : {"count", "low", "metrics", "npmi"}) {
    expect_refusal(column, {"--group", column});
  }
  expect_refusal("disparities", {"--prediction", "p", "--group", "g", "--stratum", "disparities"});
}

/// Lines of more than `width` columns that are more than a word.
std::vector<std::string> too_wide(const std::string& text, std::size_t width) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool is_a_word = line.find(' ', line.find_first_not_of(' ')) == std::string::npos;
    if (line.size() > width && !is_a_word) found.push_back(line);
  }
  return found;
}

TEST_F(AfauditForms, StayWithinTheColumnsOfATerminal) {
  write_run(folder_ / "run");
  write_bytes(folder_ / "rows.csv", "row\n0\n1\n40\n41\n99\n");
  write_bytes(folder_ / "p.csv", predictions());
  const std::string train = folder_ / "train.h5";
  const std::string table = folder_ / "p.csv";
  const std::vector<std::vector<std::string>> audits{
      {train},
      {train, "--subset", folder_ / "rows.csv"},
      {folder_ / "run"},
      {table, "--label", "y", "--group", "color", "--group", "job"},
      {table, "--label", "y", "--prediction", "p", "--group", "color", "--group", "job", "--score",
       "s", "--fail-if", "demographic_parity_difference > 0.1 and count[color=red, job=x] > 5"}};
  std::vector<std::string> argv;
  const auto text = [&](const char* width) {
    std::vector<std::string> words = argv;
    words.insert(words.end(), {"--width", width});
    return run_program(words).out;
  };
  for (const std::vector<std::string>& audit : audits) {
    argv = {"afaudit"};
    argv.insert(argv.end(), audit.begin(), audit.end());
    EXPECT_THAT(too_wide(run_program(argv).out, 80), testing::IsEmpty());
    EXPECT_THAT(too_wide(text("60"), 60), testing::IsEmpty());
    EXPECT_NE(text("0"), run_program(argv).out) << "nothing of it was too wide";
  }
  argv.insert(argv.end(), {"--width", "39"});
  const Outcome refused = run_program(argv);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("option --width is 39, expected 0, or 40 and more"));
}

TEST_F(AfauditForms, ComeFromEveryKindOfTableAlike) {
  write_parquet_table(folder_ / "t.parquet");
  write_arrow_table(folder_ / "t.arrow", false);
  const auto counts = [&](const char* name) {
    const json all = json::parse(file_bytes(report(
        name + std::string(".json"), {folder_ / name, "--label", "y", "--group", "color", "--group",
                                      "age", "--missing", "group", "--bins", "age=18,65"})));
    return all.at("counts").dump();
  };
  EXPECT_EQ(counts("t.parquet"), counts("t.arrow"));
  EXPECT_THAT(counts("t.parquet"), HasSubstr("[18, 65)"));
}

TEST_F(AfauditForms, AreWrittenByName) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const auto form = [&](const char* format) {
    return run_program({"afaudit", folder_ / "t.h5", "--fail-if", "rows < 5", "--format", format})
        .out;
  };
  EXPECT_THAT(form("csv"), testing::StartsWith("figure,"));
  EXPECT_THAT(form("csv"), HasSubstr("\ngate fail-if 1,"));
  EXPECT_THAT(form("markdown"), testing::StartsWith("# Composition of "));
  EXPECT_THAT(form("junit"), HasSubstr("<testcase classname=\"afaudit\" name=\"fail-if 1\">"));
}

}  // namespace
}  // namespace af::test
