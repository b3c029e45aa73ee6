#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/audit/inputs/small_files.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

/// Names that a page must neither take for its own marks nor cut off: groups of predictions.
const std::vector<std::string> kGroups{
    "red",
    "</script><script>alert(1)</script>",
    "<b>\\\"&amp;'|{{style}}",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "Native Hawaiian or Other Pacific Islander, born elsewhere, the first",
    "Native Hawaiian or Other Pacific Islander, born elsewhere, the second",
    std::string(200, 'x')};

std::string quoted(const std::string& text) {
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

/// Rows label, prediction, score, "g|<h>", job; group by group of other sizes, the last of one
/// row without positives.
std::string predictions() {
  std::string csv = "y,p,s,\"g|<h>\",job\n";
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    const std::size_t rows = g + 1 == kGroups.size() ? 1 : 20 + 30 * g;
    for (std::size_t i = 0; i < rows; ++i) {
      const std::size_t mixed = (i * 7 + g * 3) % 20;
      csv += std::to_string(rows > 1 && i % 2 == 0) + "," + std::to_string(mixed % 3 == 0) + ",0." +
             std::to_string(10 + (mixed * 4 + i % 2) % 90) + "," + quoted(kGroups[g]) +
             (i % 7 < 3 ? ",x\n" : ",y\n");
    }
  }
  return csv;
}

/// Class c of 5 with group k of 30 names.
std::string many_groups() {
  std::string csv = "y,p,country of residence\n";
  for (int i = 0; i < 3000; ++i) {
    csv += std::to_string(i % 5) + "," + std::to_string(i % 11 < 6 ? i % 5 : i % 3) + ",country " +
           std::to_string(i * i % 31 % 30) + "\n";
  }
  return csv;
}

class AfauditPage : public testing::Test {
 protected:
  /// Writes the page and the JSON form of an audit, and notes their names.
  void audit(const std::string& name, std::vector<std::string> argv) {
    argv.insert(argv.begin(), "afaudit");
    for (const char* const format : {"html", "json"}) {
      std::vector<std::string> words = argv;
      files_.push_back(folder_ / (name + "." + format));
      words.insert(words.end(), {"--format", format, "-o", files_.back()});
      const Outcome outcome = run_program(words);
      EXPECT_LE(outcome.exit_code, 4) << outcome.err;
      EXPECT_EQ(outcome.err, "");
    }
  }

  TempDir folder_;
  std::vector<std::string> files_;
};

/// What is held, tests/oracle/read_page.py says.
TEST_F(AfauditPage, HoldsInABrowser) {
  const char* const python = std::getenv("AF_ORACLE_PYTHON");
  if (python == nullptr)
    GTEST_SKIP() << "AF_ORACLE_PYTHON names no interpreter; ./dev test sets it";
  write_run(folder_ / "run", 5);
  write_bytes(folder_ / "rows.csv", "row\n0\n1\n40\n41\n99\n");
  write_bytes(folder_ / "p.csv", predictions());
  write_bytes(folder_ / "many.csv", many_groups());
  const std::string train = folder_ / "train.h5";
  audit("composition", {train, "--fail-if", "rows > 1 or p_char_a_difference > 0.1"});
  audit("subset", {train, "--subset", folder_ / "rows.csv"});
  audit("run", {folder_ / "run", "--fail-if", "rows < 1"});
  audit("predictions", {folder_ / "p.csv",
                        "--label",
                        "y",
                        "--prediction",
                        "p",
                        "--group",
                        "g|<h>",
                        "--score",
                        "s",
                        "--stratum",
                        "job",
                        "--replicates",
                        "200",
                        "--score-replicates",
                        "50",
                        "--fail-if",
                        "rows > 10",
                        "--fail-if",
                        "rows < 10",
                        "--fail-if",
                        "precision_difference > 0.1"});
  audit("many", {folder_ / "many.csv", "--label", "y", "--prediction", "p", "--group",
                 "country of residence", "--replicates", "200"});
  std::vector<std::string> argv{python, AF_SOURCE_DIR "/tests/oracle/read_page.py"};
  if (const char* const pictures = std::getenv("AF_PAGE_PICTURES")) {
    argv.insert(argv.end(), {"--pictures", pictures});
  }
  argv.insert(argv.end(), files_.begin(), files_.end());
  const Outcome outcome = run_program(argv);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
}

}  // namespace
}  // namespace af::test
