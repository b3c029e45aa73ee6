#include "synth/bias_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/config_toml.h"
#include "core/errors.h"
#include "synth/dataset_config.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::AllOf;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kBias = R"(
color = { blue = 0.6, red = 0.4 }
"char | color" = { blue = { a = 0.9, d = 0.1 }, red = { a = 0.2, d = 0.8 } }
)";

BiasTables tables_from(const std::string& toml) {
  BiasTables tables;
  read_table(parse_toml(toml, "bias.toml").table, "bias.toml", tables);
  return tables;
}

std::string refusal(const std::string& toml) {
  return test::refusal<ConfigError>([&] {
    DatasetConfig config;
    config.take_table(tables_from(toml));
    config.validate();
  });
}

TEST(BiasTables, GiveTheJointDistribution) {
  DatasetConfig config;
  config.take_table(tables_from(kBias));
  const JointTable joint = config.joint();
  EXPECT_EQ(joint.factors.at(0).factor, "color");
  EXPECT_THAT(joint.joint(), ElementsAre(DoubleNear(0.54, 1e-15), DoubleNear(0.06, 1e-15),
                                         DoubleNear(0.08, 1e-15), DoubleNear(0.32, 1e-15)));
}

TEST(BiasTables, TieAnyFactorsInEitherDirection) {
  DatasetConfig config;
  config.take_table(tables_from(R"(
char = { a = 0.25, d = 0.75 }
"color | char" = { a = { blue = 1 }, d = { red = 1 } }
["background | bold, char"]
"false, a" = { solid = 1 }
"true, a" = { none = 1 }
"false, d" = { linear = 1 }
"true, d" = { radial = 1 }
)"));
  const JointTable joint = config.joint();
  ASSERT_EQ(joint.factors.size(), 4U);
  EXPECT_LT(joint.position("char"), joint.position("color"));
  EXPECT_LT(joint.position("bold"), joint.position("background"));
  const std::size_t row = joint.position("background");
  EXPECT_EQ(joint.row_name(row, 2), "P(background | true, a)");
}

TEST(BiasTables, LevelsOfATableAreThoseOfTheConfiguration) {
  DatasetConfig config;
  config.take_table(tables_from(R"("char | color" = { lime = { x = 1 }, navy = { y = 1 } })"));
  EXPECT_THAT(config.chars, ElementsAre("x", "y"));
  EXPECT_THAT(config.colors, ElementsAre("lime", "navy"));
  EXPECT_THAT(config.joint().joint(), ElementsAre(0.5, 0.0, 0.0, 0.5));
}

TEST(BiasTables, ComeBackFromTheirToml) {
  DatasetConfig config;
  config.take_table(tables_from(kBias));
  DatasetConfig again;
  read_toml(parse_toml(write_toml(config), "test"), again);
  EXPECT_EQ(again.table, config.table);
  EXPECT_EQ(write_toml(again), write_toml(config));
  EXPECT_EQ(tables_of(config.joint()), config.table);
}

TEST(BiasTables, NameTheRowThatIsNoDistribution) {
  EXPECT_THAT(refusal(R"(color = { blue = 0.6, red = 0.3 })"),
              HasSubstr("P(color) sums to 0.9; expected 1"));
  EXPECT_THAT(refusal(R"("char | color" = { blue = { a = 1 }, red = { a = 0.5, d = 0.6 } })"),
              HasSubstr("P(char | red) sums to 1.1; expected 1"));
  EXPECT_THAT(refusal(R"("char | color" = { blue = { a = -1, d = 2 } })"),
              HasSubstr("P(char | blue) holds -1"));
}

TEST(BiasTables, RefuseFactorsAndLevelsThatAreNot) {
  EXPECT_THAT(refusal(R"(colour = { blue = 1 })"),
              AllOf(HasSubstr("'colour'"), HasSubstr("did you mean 'color'?")));
  EXPECT_THAT(refusal(R"(bold = { yes = 1 })"), AllOf(HasSubstr("P(bold)"), HasSubstr("'yes'")));
  EXPECT_THAT(refusal(R"("char | bold" = { true = { a = 1 } })"),
              HasSubstr("the table lacks the row P(char | false)"));
  EXPECT_THAT(refusal(R"("char | color" = { blue = { a = 1 } }
color = { blue = 0.5, red = 0.5 })"),
              HasSubstr("the table lacks the row P(char | red)"));
}

TEST(BiasTables, RefuseAFactorTiedToItself) {
  EXPECT_THAT(refusal(R"("char | char" = { a = { a = 1 } })"), HasSubstr("depend on itself"));
  EXPECT_THAT(refusal(R"("char | color" = { blue = { a = 1 } }
"color | char" = { a = { blue = 1 } })"),
              HasSubstr("depend on itself"));
}

TEST(BiasTables, RefuseWhatIsNoTable) {
  EXPECT_THAT(refusal("color = 1"), HasSubstr("'color' is no table of probabilities"));
  EXPECT_THAT(refusal(R"(color = { blue = "much" })"), HasSubstr("'blue' is no number"));
  EXPECT_THAT(refusal(R"("char | color" = { blue = 1 })"),
              HasSubstr("P(char | blue) is no table of probabilities"));
}

}  // namespace
}  // namespace af::synth
