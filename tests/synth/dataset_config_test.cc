#include "synth/dataset_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/config_toml.h"
#include "core/errors.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::AllOf;
using testing::HasSubstr;

template <class Change>
std::string refusal(Change change) {
  DatasetConfig config;
  change(config);
  return test::refusal<ConfigError>([&] { config.validate(); });
}

TEST(DatasetConfig, DefaultsAreValid) {
  EXPECT_EQ(refusal([](DatasetConfig&) {}), "not refused");
}

TEST(DatasetConfig, NamesFieldValueAndConstraint) {
  EXPECT_EQ(refusal([](DatasetConfig& c) { c.p = 1.5; }), "p is 1.5; expected 0 to 1");
  EXPECT_EQ(refusal([](DatasetConfig& c) { c.size = 0; }), "size is 0; expected 8 to 512");
  EXPECT_EQ(refusal([](DatasetConfig& c) { c.size = 100000; }),
            "size is 100000; expected 8 to 512");
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.n = 0; }), HasSubstr("n is 0;"));
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.n = -5; }), HasSubstr("n is -5;"));
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.occlusions = 21; }),
              HasSubstr("occlusions is 21; expected 0 to 20"));
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.occlusion_scale = 0.0; }),
              HasSubstr("occlusion-scale is 0;"));
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.noise = -0.1; }), HasSubstr("noise is -0.1;"));
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.seed = -1; }), HasSubstr("seed is -1;"));
}

TEST(DatasetConfig, RefusesNotANumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(refusal([=](DatasetConfig& c) { c.p = nan; }), HasSubstr("p is nan"));
  EXPECT_THAT(refusal([=](DatasetConfig& c) { c.noise = nan; }), HasSubstr("noise is nan"));
  EXPECT_THAT(refusal([=](DatasetConfig& c) { c.occlusion_scale = nan; }),
              HasSubstr("occlusion-scale is nan"));
}

TEST(DatasetConfig, SaysWhatSpaceTooManyRowsWouldNeed) {
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.n = 1'000'000'000'000; }),
              AllOf(HasSubstr("n is 1000000000000"), HasSubstr("16.4 PB")));
}

TEST(DatasetConfig, RefusesListsThatAreEmptyOrRepeat) {
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.chars.clear(); }), HasSubstr("chars is empty"));
  EXPECT_THAT(refusal([](DatasetConfig& c) {
                c.colors = {"blue", "blue"};
              }),
              HasSubstr("colors holds 'blue' twice"));
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.fonts.clear(); }), HasSubstr("fonts is empty"));
}

TEST(DatasetConfig, RefusesWhatIsNoCharacterOrColor) {
  EXPECT_THAT(refusal([](DatasetConfig& c) { c.chars = {"a", "ad"}; }), HasSubstr("'ad'"));
  EXPECT_THAT(refusal([](DatasetConfig& c) {
                c.colors = {"blu", "red"};
              }),
              AllOf(HasSubstr("'blu'"), HasSubstr("did you mean 'blue'?")));
}

TEST(DatasetConfig, ComesBackFromItsToml) {
  DatasetConfig config;
  config.p = 0.123456789012345678;
  config.chars = {"ä", "\""};
  config.draws = Draws::kQuota;
  config.seed = std::numeric_limits<std::int64_t>::max();
  DatasetConfig again;
  read_toml(parse_toml(write_toml(config), "test"), again);
  EXPECT_EQ(write_toml(again), write_toml(config));
  EXPECT_EQ(again.p, config.p);
  EXPECT_EQ(again.chars, config.chars);
  EXPECT_EQ(again.draws, config.draws);
}

}  // namespace
}  // namespace af::synth
