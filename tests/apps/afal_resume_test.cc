#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "core/random.h"
#include "tests/al/run_bytes.h"
#include "tests/apps/afal_command.h"

namespace af::test {
namespace {

using testing::HasSubstr;

double seconds_of(const std::vector<std::string>& argv) {
  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = run_program(argv);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Starts a run and kills it at a moment drawn from as long as a whole one takes, until it has come
/// to its end; returns how often it was killed.
int kill_until_done(const std::vector<std::string>& argv, double whole, Stream& moments) {
  for (int kills = 0;; ++kills) {
    const Outcome outcome = run_and_kill(argv, moments.uniform(0, whole));
    if (outcome.exit_code == 137) continue;
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return kills;
  }
}

TEST(AfalResume, EndsWithTheSameBytesAfterTwentyKillsAtRandomMoments) {
  const AfalCommand afal;
  const double whole = seconds_of(afal.argv({}, "unbroken"));
  const auto expected = run_bytes(afal.path("unbroken"));
  constexpr int kKills = 20;
  Stream moments(20, Purpose::kTest, 0);
  int kills = 0;
  for (int i = 0; kills < kKills; ++i) {
    const std::string folder = "killed-" + std::to_string(i);
    kills += kill_until_done(afal.argv({}, folder), whole, moments);
    EXPECT_EQ(run_bytes(afal.path(folder)), expected) << "run " << i << ", kill " << kills;
  }
}

TEST(AfalResume, LeavesNoPartFiles) {
  const AfalCommand afal;
  static_cast<void>(seconds_of(afal.argv()));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(afal.path("run"))) {
    EXPECT_NE(entry.path().extension(), ".part") << entry.path();
  }
}

TEST(AfalResume, SaysThatAFinishedRunIsFinished) {
  const AfalCommand afal;
  const Outcome first = run_program(afal.argv());
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr(afal.path("run")));
  const Outcome second = run_program(afal.argv());
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("finished already"));
}

TEST(AfalResume, RefusesAnotherRunByTheFieldThatDiffersUnlessForced) {
  const AfalCommand afal;
  ASSERT_EQ(run_program(afal.argv()).exit_code, 0);
  const Outcome refused = run_program(afal.argv({"--epochs", "1"}));
  EXPECT_EQ(refused.exit_code, 5);
  EXPECT_THAT(refused.err, HasSubstr("epochs = 2, now 1"));
  ASSERT_EQ(run_program(afal.argv({"--epochs", "1", "--force"})).exit_code, 0);
  ASSERT_EQ(run_program(afal.argv({"--epochs", "1"}, "fresh")).exit_code, 0);
  EXPECT_EQ(run_bytes(afal.path("run")), run_bytes(afal.path("fresh")));
}

TEST(AfalResume, NamesADamagedFileOfTheRun) {
  const AfalCommand afal;
  ASSERT_EQ(run_program(afal.argv()).exit_code, 0);
  const std::string file = afal.path("run/bald/seed-0/labelled.csv");
  std::string bytes = file_bytes(file);
  bytes[bytes.find("\n0,") + 1] = 'x';
  write_bytes(file, bytes);
  const Outcome outcome = run_program(afal.argv());
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("bald/seed-0/labelled.csv: line 2"));
}

TEST(AfalOutput, IsTheSameFromAnHdf5FileThatIsNoneOfAfgens) {
  const AfalCommand afal;
  ASSERT_EQ(run_program(afal.argv()).exit_code, 0);
  for (const char* name : {"train.h5", "test.h5"}) {
    std::string bytes = file_bytes(afal.path(name));
    bytes[bytes.find("schema_version")] = 'z';
    bytes[bytes.find("complete")] = 'k';
    write_bytes(afal.path(name), bytes);
  }
  const Outcome outcome = run_program(afal.argv({}, "other"));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(run_bytes(afal.path("other"))["bald/seed-1/labelled.csv"],
            run_bytes(afal.path("run"))["bald/seed-1/labelled.csv"]);
}

TEST(AfalOutput, IsOneJsonObjectIfAskedFor) {
  const AfalCommand afal;
  const Outcome outcome = run_program(afal.argv({"--json"}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::StartsWith("{"));
  EXPECT_THAT(outcome.out, HasSubstr("\"worst_group_accuracy\""));
  EXPECT_EQ(outcome.err, "");
}

TEST(AfalOutput, RecordsWhatTrainingReadsOfTheAttribute) {
  const AfalCommand afal;
  const std::vector<std::string> small{"--heuristics", "random", "--seeds", "1", "--budget", "50"};
  const auto config_of = [&](const std::string& method) {
    std::vector<std::string> options = small;
    options.insert(options.end(), {"--method", method});
    const Outcome outcome = run_program(afal.argv(options, method));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return file_bytes(afal.path(method + "/config.toml"));
  };
  EXPECT_THAT(config_of("jtt"), HasSubstr("attribute_in_training = 'not read'"));
  EXPECT_THAT(config_of("group-dro"),
              HasSubstr("attribute_in_training = 'color of the labelled rows'"));
  const Outcome help = run_program({"afal", "--help"});
  EXPECT_THAT(help.out, HasSubstr("needing the group attribute"));
}

TEST(AfalOutput, ComparesTheHeuristicsAtTheEnd) {
  const AfalCommand afal;
  const std::vector<std::string> options{"--heuristics", "bald,random,margin", "--reach", ".1,1"};
  const Outcome outcome = run_program(afal.argv(options));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const char* words : {"equalized_odds_difference", "aubc", "bald - random", "random - margin",
                            "significantly better", "Labels to an accuracy of 0.1", "(by 2 seeds)",
                            "not reached", "95 % intervals over 2 seeds", "brier"}) {
    EXPECT_THAT(outcome.out, HasSubstr(words));
  }
}

TEST(AfalOutput, SaysWhatIsUndefinedOfOneSeed) {
  const AfalCommand afal;
  const Outcome outcome = run_program(afal.argv({"--seeds", "1", "--json"}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("\"reason\": \"one seed has no spread\""));
  EXPECT_THAT(outcome.out, HasSubstr("\"p_holm\": null"));
}

TEST(AfalOutput, CanBeMadeAgainFromItsOwnConfiguration) {
  const AfalCommand afal;
  ASSERT_EQ(run_program(afal.argv()).exit_code, 0);
  const Outcome again = run_program(
      {"afal", "--quiet", "--config", afal.path("run/config.toml"), "-o", afal.path("again")});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(run_bytes(afal.path("again")), run_bytes(afal.path("run")));
}

}  // namespace
}  // namespace af::test
