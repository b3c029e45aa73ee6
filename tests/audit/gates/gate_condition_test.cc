#include "audit/gates/gate_condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "core/random.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

Condition parse(std::string_view text) { return parse_condition(text, "option --fail-if"); }

std::string refusal(std::string_view text) {
  return test::refusal<ConfigError>([&] { return parse(text); });
}

/// The truth of a condition whose figures t, f and u are true, false and unknown.
Truth truth(std::string_view text) {
  return evaluate(parse(text), [](const Comparison& comparison) {
    const char name = comparison.figure.name.front();
    return name == 't' ? Truth::kTrue : name == 'f' ? Truth::kFalse : Truth::kUnknown;
  });
}

TEST(GateCondition, ReadsAComparison) {
  const Comparison c = parse("demographic_parity_difference > 0.1").comparison;
  EXPECT_EQ(c.figure.name, "demographic_parity_difference");
  EXPECT_EQ(c.relation, Relation::kGreater);
  EXPECT_EQ(c.number, 0.1);
  EXPECT_EQ(c.aspect, Aspect::kInterval);
}

TEST(GateCondition, ReadsBoundsOfIntervals) {
  EXPECT_EQ(parse("low(a) > 0.1").comparison.aspect, Aspect::kLow);
  EXPECT_EQ(parse("high ( a )<=-1e-3").comparison.aspect, Aspect::kHigh);
  EXPECT_EQ(parse("value(a) != 2").comparison.aspect, Aspect::kValue);
  EXPECT_EQ(parse("low > 1").comparison.figure.name, "low");
}

TEST(GateCondition, PutsTheFigureOnTheLeft) {
  EXPECT_EQ(parse("0.1 < a"), parse("a > 0.1"));
  EXPECT_EQ(parse("0.1 >= a"), parse("a <= 0.1"));
  EXPECT_EQ(parse("3 == a"), parse("a == 3"));
}

TEST(GateCondition, ReadsColumnsAndClassesInBrackets) {
  const FigureName name =
      parse("accuracy[color=red, \"first name\"=\"a, b\"] < 1").comparison.figure;
  EXPECT_EQ(name.name, "accuracy");
  ASSERT_EQ(name.where.size(), 2U);
  EXPECT_EQ(name.where[0], std::pair(std::string("color"), std::string("red")));
  EXPECT_EQ(name.where[1], std::pair(std::string("first name"), std::string("a, b")));
  EXPECT_EQ(parse("precision[c][color=red] < 1").comparison.figure.name, "precision[c]");
  EXPECT_EQ(parse("bald/accuracy_difference > 0").comparison.figure.name,
            "bald/accuracy_difference");
  EXPECT_EQ(parse("\"odd \\\"name\" > 0").comparison.figure.name, "odd \"name");
}

TEST(GateCondition, BindsAndTighterThanOr) {
  EXPECT_EQ(truth("t > 0 or f > 0 and f > 0"), Truth::kTrue);
  EXPECT_EQ(truth("(t > 0 or f > 0) and f > 0"), Truth::kFalse);
  EXPECT_EQ(truth("not t > 0 or t > 0"), Truth::kTrue);
}

TEST(GateCondition, FollowsKleene) {
  EXPECT_EQ(truth("u > 0 and f > 0"), Truth::kFalse);
  EXPECT_EQ(truth("u > 0 and t > 0"), Truth::kUnknown);
  EXPECT_EQ(truth("u > 0 or t > 0"), Truth::kTrue);
  EXPECT_EQ(truth("u > 0 or f > 0"), Truth::kUnknown);
  EXPECT_EQ(truth("not u > 0"), Truth::kUnknown);
}

TEST(GateCondition, MarksThePlaceOfAMistake) {
  EXPECT_EQ(refusal("accuracy > and b"),
            "option --fail-if, character 12: expected a number, marked by <-- HERE in: accuracy > "
            "<-- HERE and b");
  EXPECT_THAT(refusal(""), HasSubstr("character 1: expected a figure or a number"));
  EXPECT_THAT(refusal("a = 1"), HasSubstr("character 3: expected <, <=, >, >=, == or !="));
  EXPECT_THAT(refusal("a > b"), HasSubstr("character 5: expected a number"));
  EXPECT_THAT(refusal("1 > 2"), HasSubstr("character 5: expected a figure"));
  EXPECT_THAT(refusal("a > 1 b"), HasSubstr("character 7: expected 'and', 'or' or the end"));
  EXPECT_THAT(refusal("(a > 1"), HasSubstr("character 7: expected ')', 'and' or 'or'"));
  EXPECT_THAT(refusal("low(a > 1"), HasSubstr("character 7: expected ')'"));
  EXPECT_THAT(refusal("a[color=red > 1"), HasSubstr("expected ']'"));
  EXPECT_THAT(refusal("a[color=] > 1"), HasSubstr("character 9: expected a column, a value"));
  EXPECT_THAT(refusal("a[\"color] > 1"), HasSubstr("character 3: expected a quote that is closed"));
  EXPECT_THAT(refusal("\x1b[2J"), testing::Not(HasSubstr("\x1b")));
}

TEST(GateCondition, RefusesNestingThatNobodyWrites) {
  EXPECT_THAT(refusal(std::string(100'000, '(')), HasSubstr("less nesting"));
  std::string nots;
  for (int i = 0; i < 100'000; ++i) nots += "not ";
  EXPECT_THAT(refusal(nots + "a > 1"), HasSubstr("less nesting"));
}

/// Whole conditions of every form.
Condition random_condition(Stream& stream, int depth) {
  const auto kind = static_cast<Condition::Kind>(depth == 0 ? 0 : stream.below(4));
  if (kind == Condition::Kind::kComparison) {
    const std::vector<std::string> names{"a",    "b.c", "x/y", "odd name",
                                         "p[c]", "and", "0.5", "ü\"\\"};
    Comparison comparison{.aspect = static_cast<Aspect>(stream.below(4)),
                          .figure = {.name = names[stream.below(8)], .where = {}},
                          .relation = static_cast<Relation>(stream.below(6)),
                          .number = stream.normal()};
    for (std::uint32_t i = stream.below(3); i > 0; --i) {
      comparison.figure.where.emplace_back(names[stream.below(8)], names[stream.below(8)]);
    }
    return {.kind = kind, .parts = {}, .comparison = std::move(comparison)};
  }
  Condition condition{.kind = kind, .parts = {}, .comparison = {}};
  const std::uint32_t parts = kind == Condition::Kind::kNot ? 1 : 2 + stream.below(3);
  for (std::uint32_t i = 0; i < parts; ++i) {
    condition.parts.push_back(random_condition(stream, depth - 1));
  }
  return condition;
}

TEST(GateCondition, ReadsWhatItWrites) {
  for (std::uint64_t index = 0; index < 2'000; ++index) {
    Stream stream(20'260'118, Purpose::kTest, index);
    const Condition condition = random_condition(stream, 3);
    EXPECT_EQ(parse(to_text(condition)), condition) << to_text(condition);
  }
}

TEST(GateCondition, RefusesOrReadsAnyTextWithinIt) {
  const std::string_view alphabet = "ab1.[]()\"=,<>! \\andornotlow(-+\n\x01\xff";
  std::size_t read = 0;
  for (std::uint64_t index = 0; index < 20'000; ++index) {
    Stream stream(20'260'119, Purpose::kTest, index);
    std::string text = to_text(random_condition(stream, 2));
    for (std::uint32_t i = 1 + stream.below(4); i > 0; --i) {
      const std::size_t at = stream.below(static_cast<std::uint32_t>(text.size() + 1));
      const char c = alphabet[stream.below(static_cast<std::uint32_t>(alphabet.size()))];
      const std::uint32_t how = stream.below(3);
      if (how == 0 || at == text.size()) {
        text.insert(at, 1, c);
      } else if (how == 1) {
        text.erase(at, 1 + stream.below(5));
      } else {
        text[at] = c;
      }
    }
    try {
      const Condition condition = parse(text);
      EXPECT_EQ(parse(to_text(condition)), condition) << text;
      ++read;
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), HasSubstr("<-- HERE"));
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(read, 100U);
}

}  // namespace
}  // namespace af::audit
