#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/apps/afal_command.h"

namespace af::test {
namespace {

using testing::HasSubstr;

std::string golden(const std::string& name) {
  return AF_SOURCE_DIR "/tests/golden/weights/" + name;
}

/// Runs afal with these options, not quiet; what it says on stderr.
std::string said(const AfalCommand& afal, const std::vector<std::string>& options,
                 const std::string& output) {
  std::vector<std::string> words = afal.argv(options, output);
  std::erase(words, "--quiet");
  const Outcome outcome = run_program(words);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return outcome.err;
}

TEST(AfalWeights, OfImageNetWantImagesThatAreNormalisedSo) {
  const AfalCommand afal;
  const auto said_with = [&](const std::string& normalisation) {
    return said(afal,
                {"--model", "resnet18", "--weights", golden("resnet18.pt"), "--normalisation",
                 normalisation, "--resize", "40", "--budget", "40", "--epochs", "1", "--draws", "1",
                 "--seeds", "1", "--heuristics", "random"},
                normalisation);
  };
  EXPECT_THAT(said_with("pool"), HasSubstr("normalised by 'pool': if " AF_SOURCE_DIR));
  EXPECT_THAT(said_with("imagenet"), testing::Not(HasSubstr("normalised")));
}

TEST(AfalWeights, OfVgg16TrainItsClassifierOnFrozenFeatures) {
  const AfalCommand afal;
  const std::string words =
      said(afal, {"--model",      "vgg16",    "--weights",       golden("vgg16.pt"),
                  "--freeze",     "features", "--normalisation", "imagenet",
                  "--resize",     "32",       "--budget",        "40",
                  "--epochs",     "1",        "--draws",         "1",
                  "--seeds",      "1",        "--optimizer",     "sgd",
                  "--heuristics", "random"},
           "run");
  EXPECT_THAT(words, HasSubstr("has no last layer for 2 classes"));  // The file's has four.
  const std::string config = file_bytes(afal.path("run/config.toml"));
  EXPECT_THAT(config, HasSubstr("last_layer = 'as drawn'"));
}

}  // namespace
}  // namespace af::test
