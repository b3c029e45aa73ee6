#include "core/config_toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "tests/support/refusal.h"

namespace af {
namespace {

using testing::HasSubstr;

enum class Draws { kIid, kQuota };
constexpr auto enum_names(Draws) {
  return std::array{std::pair{Draws::kIid, "iid"}, std::pair{Draws::kQuota, "quota"}};
}

struct Example {
  bool inverse = false;
  int size = 64;
  std::uint64_t seed = 0;
  double p = 0.9;
  std::string name = "plain";
  Draws draws = Draws::kIid;
  std::vector<std::string> chars{"a", "d"};
  std::vector<double> weights{};
  std::optional<double> scale{};

  bool operator==(const Example&) const = default;
};

template <class Visitor>
void describe(Visitor& visitor, Example& example) {
  visitor.field("inverse", example.inverse, "");
  visitor.field("size", example.size, "");
  visitor.field("seed", example.seed, "");
  visitor.field("p", example.p, "");
  visitor.field("name", example.name, "");
  visitor.field("draws", example.draws, "");
  visitor.field("chars", example.chars, "");
  visitor.field("weights", example.weights, "");
  visitor.field("scale", example.scale, "");
}

std::string refusal(std::string_view text) {
  Example example;
  return test::refusal<ConfigError>([&] { read_toml(parse_toml(text, "bias.toml"), example); });
}

TEST(ConfigToml, ReadsBackWhatItWrites) {
  const Example written{.inverse = true,
                        .size = -3,
                        .seed = 1ULL << 62U,
                        .p = 0.1 + 0.2,
                        .name = "a \"quoted\" \\ line\nand ü",
                        .draws = Draws::kQuota,
                        .chars = {},
                        .weights = {1.0, 1e-300},
                        .scale = 0.4};
  Example read;
  read_toml(parse_toml(write_toml(written), "text"), read);
  EXPECT_EQ(read, written);
}

TEST(ConfigToml, WritesRealNumbersInTheirShortestFormAndStillAsReal) {
  EXPECT_EQ(toml_literal(0.003), "0.003");
  EXPECT_EQ(toml_literal(1.0), "1.0");
  EXPECT_EQ(toml_literal(1e300), "1e+300");
  EXPECT_EQ(toml_literal(std::numeric_limits<double>::infinity()), "inf");
}

TEST(ConfigToml, KeepsDefaultsOfFieldsThatAreNotNamed) {
  Example read;
  read_toml(parse_toml("p = 1\n", "text"), read);  // A whole number where a real one belongs.
  EXPECT_EQ(read, Example{.p = 1.0});
}

TEST(ConfigToml, NamesLineKeyAndWhatWasExpected) {
  EXPECT_EQ(refusal("p = 0.9\nsiez = 3\n"),
            "bias.toml, line 2: unknown key 'siez' (did you mean 'size'?)");
  EXPECT_EQ(refusal("size = 'big'\n"), "bias.toml, line 1: 'size' is not a whole number");
  EXPECT_EQ(refusal("size = 99999999999\n"),
            "bias.toml, line 1: 'size' is not a number of its range");
  EXPECT_EQ(refusal("draws = 'iidd'\n"), "bias.toml, line 1: 'draws' is not one of iid and quota");
  EXPECT_EQ(refusal("chars = ['a',\n 3]\n"), "bias.toml, line 2: 'chars' is not a text");
  EXPECT_THAT(refusal("p = \n"), HasSubstr("bias.toml, line 1"));
}

TEST(ConfigToml, RefusesAFileThatIsMissingOrNeverEnds) {
  EXPECT_THROW((void)parse_toml_file("/none.toml"), InputError);
  EXPECT_THROW((void)parse_toml_file("/dev/zero"), InputError);
}

}  // namespace
}  // namespace af
