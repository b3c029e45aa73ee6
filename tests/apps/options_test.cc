#include "apps/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "core/errors.h"
#include "tests/support/program.h"

namespace af::apps {
namespace {

using testing::HasSubstr;

enum class Draws { kIid, kQuota };
constexpr auto enum_names(Draws) {
  return std::array{std::pair{Draws::kIid, "iid"}, std::pair{Draws::kQuota, "quota"}};
}

struct Example {
  double p = 0.9;
  std::uint64_t seed = 0;
  bool gray = false;
  Draws draws = Draws::kIid;
  std::vector<std::string> chars{"a", "d"};
  double occlusion_scale = 0.4;

  void validate() const {
    if (p > 1.0) throw ConfigError("p is above 1");
  }
};

template <class Visitor>
void describe(Visitor& visitor, Example& example) {
  visitor.field("p", example.p, "");
  visitor.field("seed", example.seed, "");
  visitor.field("gray", example.gray, "");
  visitor.field("draws", example.draws, "");
  visitor.field("chars", example.chars, "");
  visitor.field("occlusion_scale", example.occlusion_scale, "");
}

/// What a program with these options makes of a command line.
struct Parsed {
  Example config;
  std::optional<int> exit_code;
  std::string refusal;
};

Parsed parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "example");
  Parsed result;
  CLI::App app{"An example.", "example"};
  CommonFlags flags;
  bind_common(app, flags);
  bind_config(app, result.config);
  try {
    result.exit_code =
        parse(app, static_cast<int>(words.size()), words.data(), result.config, flags);
  } catch (const Error& error) {
    result.refusal = error.what();
  }
  return result;
}

TEST(Options, SetTheFieldsOfTheDescription) {
  const Example config = parsed({"--p", "0.5", "--seed=7", "--gray", "--draws", "quota", "--chars",
                                 "x,y,z", "--occlusion-scale", "0.2"})
                             .config;
  EXPECT_EQ(config.p, 0.5);
  EXPECT_EQ(config.seed, 7U);
  EXPECT_TRUE(config.gray);
  EXPECT_EQ(config.draws, Draws::kQuota);
  EXPECT_THAT(config.chars, testing::ElementsAre("x", "y", "z"));
  EXPECT_EQ(config.occlusion_scale, 0.2);
}

TEST(Options, GoOverTheConfigurationFile) {
  const test::TempDir folder;
  test::write_bytes(folder / "c.toml", "p = 0.1\nseed = 5\ngray = true\nchars = ['q']\n");
  const std::string file = folder / "c.toml";
  const Example config = parsed({"--p", "0.2", "--config", file.c_str(), "--no-gray"}).config;
  EXPECT_EQ(config.p, 0.2);
  EXPECT_EQ(config.seed, 5U);
  EXPECT_FALSE(config.gray);
  EXPECT_THAT(config.chars, testing::ElementsAre("q"));
}

TEST(Options, AreRefusedInOneSentenceWithTheNearestName) {
  EXPECT_EQ(parsed({"--sed", "3"}).refusal, "unknown option --sed (did you mean '--seed'?)");
  EXPECT_EQ(parsed({"--draws", "quotas"}).refusal,
            "draws is 'quotas' (did you mean 'quota'?); expected iid or quota");
  EXPECT_THAT(parsed({"--p", "much"}).refusal, HasSubstr("--p"));
  EXPECT_THAT(parsed({"--config", "/none.toml"}).refusal, HasSubstr("/none.toml"));
}

TEST(Options, PrintTheConfigurationThatReadsBackTheSame) {
  testing::internal::CaptureStdout();
  const Parsed first = parsed({"--print-config", "--p", "0.25", "--chars", "x"});
  const std::string printed = testing::internal::GetCapturedStdout();
  EXPECT_EQ(first.exit_code, 0);
  Example again;
  read_toml(parse_toml(printed, "printed"), again);
  EXPECT_EQ(again.p, 0.25);
  EXPECT_THAT(again.chars, testing::ElementsAre("x"));
}

TEST(Options, AreCheckedBeforeTheConfigurationIsPrinted) {
  EXPECT_EQ(parsed({"--print-config", "--p", "2"}).refusal, "p is above 1");
}

}  // namespace
}  // namespace af::apps
