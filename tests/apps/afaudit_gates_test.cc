#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/audit/inputs/small_files.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

using testing::HasSubstr;

class AfauditGates : public testing::Test {
 protected:
  AfauditGates() { write_dataset(folder_ / "t.h5", {40, 10, 10, 40}); }

  Outcome gated(std::vector<std::string> options) const {
    options.insert(options.begin(), {"afaudit", folder_ / "t.h5"});
    return run_program(options);
  }

  TempDir folder_;
};

TEST_F(AfauditGates, ExitWithTheirVerdict) {
  EXPECT_EQ(gated({"--fail-if", "count[char=a, color=red] < 5"}).exit_code, 0);
  EXPECT_EQ(gated({"--fail-if", "count[char=a, color=red] < 20"}).exit_code, 1);
  EXPECT_EQ(gated({"--fail-if", "share[char=a, color=red] < 0.11"}).exit_code, 4);
  EXPECT_EQ(gated({"--fail-if", "p_char_a_difference > 0.1"}).exit_code, 4);  // green has no rows
  EXPECT_EQ(gated({"--fail-if", "rows < 5", "--fail-if", "rows < 500"}).exit_code, 1);
}

TEST_F(AfauditGates, TellTheTestsOfSeveralColumnsApart) {
  write_bytes(folder_ / "p.csv", "y,g,job\n1,a,u\n0,b,v\n1,a,v\n0,b,u\n");
  const auto exit_code = [&](const std::string& gate) {
    return run_program({"afaudit", folder_ / "p.csv", "--label", "y", "--group", "g", "--group",
                        "job", "--fail-if", gate})
        .exit_code;
  };
  EXPECT_EQ(exit_code("p_value[groups=g, test=fisher] > 0.34"), 0);  // 2 of 6 tables
  EXPECT_EQ(exit_code("p_value[groups=g, test=fisher] > 0.33"), 1);
  EXPECT_EQ(exit_code("p_value[groups=job, test=fisher] > 0.99"), 1);
  EXPECT_EQ(exit_code("cramers_v[groups=\"g, job\"] > 2"), 4) << "it has no interval";
  EXPECT_EQ(exit_code("p_value[test=fisher] > 0.34"), 2) << "which of them is not said";
}

TEST_F(AfauditGates, ComeBeforeTheInputToo) {
  EXPECT_EQ(run_program({"afaudit", "--fail-if", "rows > 1", folder_ / "t.h5"}).exit_code, 1);
}

TEST_F(AfauditGates, AreOnTopOfEveryForm) {
  const std::vector<std::string> gate{"--fail-if", "rows < 500", "--format"};
  for (const char* format : {"text", "json", "html"}) {
    std::vector<std::string> options = gate;
    options.emplace_back(format);
    const Outcome outcome = gated(options);
    EXPECT_EQ(outcome.exit_code, 1) << format;
    EXPECT_THAT(outcome.out, HasSubstr("it is 100: it holds.")) << format;
  }
  EXPECT_EQ(nlohmann::json::parse(gated({"--fail-if", "rows < 500", "--json"}).out).at("verdict"),
            "failed");
}

TEST_F(AfauditGates, ComeFromAPolicyFileToo) {
  write_bytes(folder_ / "policy.toml",
              "min_group = 60\n[[gate]]\nname = 'balance'\nfail_if = 'share[color=red] > 0.9'\n"
              "[[gate]]\nname = 'bias'\nfail_if = 'p_char_a[color=blue] > 0.1'\n");
  const Outcome outcome = gated({"--policy", folder_ / "policy.toml"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.out;  // A share of color alone is no figure.
  write_bytes(folder_ / "policy.toml",
              "min_group = 60\n[[gate]]\nname = 'bias'\nfail_if = 'p_char_a[color=blue] > 0.1'\n");
  const Outcome small = gated({"--policy", folder_ / "policy.toml"});
  EXPECT_EQ(small.exit_code, 4);
  EXPECT_THAT(small.out, HasSubstr("color=blue has 50 rows"));
}

TEST_F(AfauditGates, RefuseMistakesWithOneSentence) {
  const auto refused = [&](const std::vector<std::string>& options, const std::string& words) {
    const Outcome outcome = gated(options);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(words));
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  };
  refused({"--fail-if", "rows >"}, "character 7: expected a number");
  refused({"--fail-if", "rowz > 1"}, "did you mean 'rows'?");
  write_bytes(folder_ / "policy.toml", "[[gate]]\nname = 'a'\nfail_if = 'rows >'\n");
  refused({"--policy", folder_ / "policy.toml"}, "policy.toml, gate 'a', character 7");
  EXPECT_EQ(gated({"--policy", folder_ / "none.toml"}).exit_code, 3);
}

TEST_F(AfauditGates, JudgeARunFolder) {
  write_run(folder_ / "run");
  const auto run = [&](const std::string& condition) {
    return run_program({"afaudit", folder_ / "run", "--fail-if", condition}).exit_code;
  };
  EXPECT_EQ(run("labelled[heuristic=bald, step=2] > 100"), 0);
  EXPECT_EQ(run("value(random/accuracy_difference) > 5"), 4);  // No test row is green.
  EXPECT_EQ(run("accuracy[heuristic=bald, step=2] < 2"), 1);
}

}  // namespace
}  // namespace af::test
