#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/apps/afal_command.h"

namespace af::test {
namespace {

using testing::HasSubstr;

class AfalBadInput : public testing::Test {
 protected:
  /// Runs afal, which must refuse with this exit code and one sentence with these words in it,
  /// and leave no run folder behind.
  void expect_refused(const std::vector<std::string>& options, int exit_code,
                      const std::vector<std::string>& words) {
    const Outcome outcome = run_program(afal_.argv(options));
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_THAT(outcome.err, testing::StartsWith("afal: error: "));
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    for (const std::string& word : words) EXPECT_THAT(outcome.err, HasSubstr(word));
    EXPECT_EQ(outcome.out, "");
    EXPECT_FALSE(std::filesystem::exists(afal_.path("run")));
  }

  AfalCommand afal_;
};

TEST_F(AfalBadInput, NamesAFileThatIsNoHdf5) {
  write_bytes(afal_.path("text.h5"), "not a data set");
  expect_refused({"--train", afal_.path("text.h5")}, 3, {"text.h5"});
}

TEST_F(AfalBadInput, NamesAFileThatIsMissing) {
  expect_refused({"--test", afal_.path("none.h5")}, 3, {"none.h5"});
}

TEST_F(AfalBadInput, NamesAFileThatWasCutShort) {
  const std::string bytes = file_bytes(afal_.path("train.h5"));
  write_bytes(afal_.path("cut.h5"), bytes.substr(0, bytes.size() / 2));
  expect_refused({"--train", afal_.path("cut.h5")}, 3, {"cut.h5"});
}

TEST_F(AfalBadInput, NamesAFileThatWasNotCompleted) {
  // The attribute's name with another letter: the file is whole but does not say so.
  std::string bytes = file_bytes(afal_.path("train.h5"));
  const std::size_t at = bytes.find("complete");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'k';
  write_bytes(afal_.path("part.h5"), bytes);
  expect_refused({"--train", afal_.path("part.h5")}, 3, {"part.h5", "complete"});
}

TEST_F(AfalBadInput, NamesAColumnThatIsMissing) {
  expect_refused({"--target", "letter"}, 3, {"letter", "train.h5"});
  expect_refused({"--group", "hue"}, 3, {"hue"});
  expect_refused({"--image", "pixels"}, 3, {"pixels"});
  expect_refused({"--image", "char"}, 3, {"char"});
  expect_refused({"--target", "x"}, 3, {"x"});
}

TEST_F(AfalBadInput, NamesAValueThatOnlyTheTestFileHas) {
  write_synthetic(afal_.path("letters.h5"), {.rows = 30, .chars = {"bar", "ring"}});
  expect_refused({"--test", afal_.path("letters.h5")}, 3, {"letters.h5", "'ring'", "bar"});
  write_synthetic(afal_.path("colors.h5"), {.rows = 30, .colors = {"blue", "green"}});
  expect_refused({"--test", afal_.path("colors.h5")}, 3, {"colors.h5", "'green'"});
}

TEST_F(AfalBadInput, NamesImageSizesThatDiffer) {
  write_synthetic(afal_.path("large.h5"), {.rows = 30, .side = 24});
  expect_refused({"--test", afal_.path("large.h5")}, 3, {"large.h5", "12x12", "8x8"});
}

TEST_F(AfalBadInput, NamesImagesThatAreTooSmall) {
  expect_refused({"--downscale", "4"}, 3, {"16x16", "4x4", "from 8 to 512"});
  expect_refused({"--model", "vgg16"}, 3, {"16x16", "vgg16", "32"});
}

TEST_F(AfalBadInput, NamesPicturesAndTablesThatCannotBeRead) {
  write_bytes(afal_.path("pictures.csv"), "file_name,char,color\nnone.png,a,red\n");
  expect_refused({"--train", afal_.path("pictures.csv")}, 3, {"none.png cannot be read"});
  std::filesystem::create_directory(afal_.path("empty"));
  expect_refused({"--train", afal_.path("empty")}, 3, {"empty/metadata.csv does not exist"});
}

TEST_F(AfalBadInput, NamesAChangeToImagesThatIsOutOfItsRange) {
  expect_refused({"--resize", "4"}, 2, {"resize is 4", "from 8"});
  expect_refused({"--shift", "-1"}, 2, {"shift is -1"});
  expect_refused({"--normalisation", "mean"}, 2, {"mean", "imagenet"});
  expect_refused({"--resize", "2048", "--downscale", "2"}, 3, {"1024x1024", "to 512"});
}

TEST_F(AfalBadInput, NamesASetLargerThanThePool) {
  expect_refused({"--budget", "121"}, 2, {"budget is 121", "120"});
  expect_refused({"--initial", "200", "--budget", "300"}, 2, {"initial is 200", "120"});
  expect_refused({"--initial", "80"}, 2, {"budget is 70", "80"});
}

TEST_F(AfalBadInput, NamesAPoolSmallerThanTheQuery) {
  expect_refused({"--query", "81"}, 2, {"query is 81", "at most 80", "initial 40"});
}

TEST_F(AfalBadInput, NamesAColumnWhoseRowsAllHaveOneValue) {
  write_synthetic(afal_.path("blue.h5"),
                  {.rows = 120, .relabel = [](auto, auto&, auto& color) { color = 0; }});
  expect_refused({"--train", afal_.path("blue.h5")}, 3, {"blue.h5", "'color'", "'blue'"});
}

TEST_F(AfalBadInput, NotesWhatTheTestFileLacksAndGoesOn) {
  write_synthetic(afal_.path("no-red.h5"),
                  {.rows = 40, .relabel = [](auto, auto&, auto& color) { color = 0; }});
  std::vector<std::string> words = afal_.argv({"--test", afal_.path("no-red.h5")});
  std::erase(words, "--quiet");
  const Outcome outcome = run_program(words);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("afal: note: "));
  EXPECT_THAT(outcome.err, HasSubstr("no-red.h5 has no row whose color is 'red'"));
  EXPECT_THAT(outcome.out, HasSubstr("undefined"));
}

TEST_F(AfalBadInput, NotesThatTrainAndTestAreTheSame) {
  std::vector<std::string> words =
      afal_.argv({"--test", afal_.path("train.h5"), "--budget", "40", "--seeds", "1"});
  std::erase(words, "--quiet");
  const Outcome outcome = run_program(words);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("train and test are the same data"));
}

TEST_F(AfalBadInput, NamesANumberOutOfItsRange) {
  expect_refused({"--query", "0"}, 2, {"query is 0"});
  expect_refused({"--seeds", "0"}, 2, {"seeds is 0"});
  expect_refused({"--seeds", "-3"}, 2, {"seeds is -3"});
  expect_refused({"--initial", "0"}, 2, {"initial is 0"});
  expect_refused({"--draws", "0"}, 2, {"draws is 0"});
  expect_refused({"--epochs", "0"}, 2, {"epochs is 0"});
  expect_refused({"--threads", "0"}, 2, {"threads is 0"});
  expect_refused({"--learning-rate", "0"}, 2, {"learning_rate is 0"});
  expect_refused({"--learning-rate", "nan"}, 2, {"learning_rate is nan"});
  expect_refused({"--weight-decay", "-1"}, 2, {"weight_decay is -1"});
  expect_refused({"--query", "many"}, 2, {"many"});
}

TEST_F(AfalBadInput, NamesTheNearestOfAnUnknownName) {
  expect_refused({"--heuristics", "bold"}, 2, {"'bold'", "'bald'"});
  expect_refused({"--model", "smal"}, 2, {"'smal'", "'small'"});
  expect_refused({"--optimizer", "adam"}, 2, {"adam", "adamw"});
  expect_refused({"--heuristics", "bald,bald"}, 2, {"twice"});
  expect_refused({"--method", "group-dr0"}, 2, {"'group-dr0'", "did you mean 'group-dro'?"});
  expect_refused({"--groups", "color"}, 2, {"--groups", "--group"});
  expect_refused({"--seeds", "1", "--seeds", "2"}, 2, {"--seeds is given more than once"});
}

TEST_F(AfalBadInput, NamesTheNearestHeuristic) {
  expect_refused({"--heuristics", "bachbald"}, 2, {"'bachbald'", "did you mean 'batchbald'?"});
  expect_refused({"--heuristics", "core-set"}, 2, {"did you mean 'coreset'?"});
  expect_refused({"--heuristics", "powerbalt,random"}, 2, {"did you mean 'powerbald'?"});
}

TEST_F(AfalBadInput, NamesAHeuristicThatNeedsConsistentMasks) {
  expect_refused({"--heuristics", "random,batchbald"}, 2, {"'batchbald'", "--consistent-masks"});
  expect_refused({"--heuristics", "epig"}, 2, {"'epig'", "--consistent-masks"});
}

TEST_F(AfalBadInput, NamesAHeuristicThatNeedsDropoutAndTheModelWithout) {
  for (const char* heuristic : {"bald", "powerbald", "softmaxbald", "softrankbald", "balentacq",
                                "batchbald", "epig", "variation-ratio"}) {
    expect_refused({"--heuristics", std::string("random,") + heuristic, "--consistent-masks",
                    "--dropout", "none", "--model", "small"},
                   2, {std::string("'") + heuristic + "'", "model 'small' has no dropout"});
  }
}

TEST_F(AfalBadInput, NamesWhatFrozenFeaturesNeed) {
  expect_refused({"--freeze", "features"}, 2, {"weights is missing", "--weights"});
  expect_refused({"--freeze", "features", "--weights", afal_.path("w.pt"), "--method", "grad"}, 2,
                 {"'grad'", "another method"});
}

TEST_F(AfalBadInput, NamesWeightsThatDoNotFit) {
  write_bytes(afal_.path("text.pt"), "no weights");
  expect_refused({"--weights", afal_.path("text.pt")}, 3, {"text.pt is no file of weights"});
  expect_refused({"--weights", afal_.path("none.pt")}, 3, {"cannot read", "none.pt"});
  expect_refused({"--weights", std::string(AF_SOURCE_DIR "/tests/golden/weights/vgg16.pt")}, 3,
                 {"vgg16.pt has no tensor 'features.0.conv.weight'", "[16, 3, 5, 5]"});
}

TEST_F(AfalBadInput, NamesAnHdf5FileOnWhichTheLibraryRunsInACircle) {
  // The first text in the heap of the attributes becomes free space of no size.
  std::string bytes = file_bytes(afal_.path("train.h5"));
  const std::size_t heap = bytes.find("GCOL");
  ASSERT_NE(heap, std::string::npos);
  constexpr std::size_t kHeaderBytes = 16;
  bytes.replace(heap + kHeaderBytes, 16, std::string(16, '\0'));
  write_bytes(afal_.path("circle.h5"), bytes);
  expect_refused({"--train", afal_.path("circle.h5")}, 3, {"circle.h5"});
}

TEST_F(AfalBadInput, NamesAnAcquisitionOptionOutOfItsRange) {
  expect_refused({"--pool-size", "9"}, 2, {"pool_size is 9", "from 10"});  // The query is 10.
  expect_refused({"--coldness", "0"}, 2, {"coldness is 0"});
  expect_refused({"--coldness", "inf"}, 2, {"coldness is inf"});
  expect_refused({"--joint-configurations", "0"}, 2, {"joint_configurations is 0"});
  expect_refused({"--joint-memory-mb", "0"}, 2, {"joint_memory_mb is 0"});
  expect_refused({"--target-samples", "-1"}, 2, {"target_samples is -1"});
  expect_refused({"--reach", "1.5"}, 2, {"reach is 1.5"});
  expect_refused({"--reach", "high"}, 2, {"--reach is 'high', expected a number"});
  expect_refused({"--jobs", "-1"}, 2, {"jobs is -1"});
  expect_refused({"--pool-sise", "20"}, 2, {"--pool-sise", "--pool-size"});
}

TEST_F(AfalBadInput, NamesATrainingOptionOutOfItsRange) {
  expect_refused({"--adversary-weight", "-1"}, 2, {"adversary_weight is -1"});
  expect_refused({"--repair-keep-ratio", "0"}, 2, {"repair_keep_ratio is 0"});
  expect_refused({"--repair-threshold", "1"}, 2, {"repair_threshold is 1"});
  expect_refused({"--repair-weight-rate", "nan"}, 2, {"repair_weight_rate is nan"});
  expect_refused({"--repair-epochs", "0"}, 2, {"repair_epochs is 0"});
  expect_refused({"--repair-keep", "cls_rank"}, 2, {"class-rank"});
  expect_refused({"--group-dro-step", "0"}, 2, {"group_dro_step is 0"});
  expect_refused({"--jtt-epochs", "0"}, 2, {"jtt_epochs is 0"});
  expect_refused({"--jtt-upweight", "0"}, 2, {"jtt_upweight is 0"});
}

TEST_F(AfalBadInput, NamesADeviceThatIsUnknownOrNotThere) {
  expect_refused({"--device", "tpu"}, 2, {"'tpu'", "cuda"});
  expect_refused({"--device", "cuda:x"}, 2, {"'cuda:x'"});
  expect_refused({"--device", "cuda:99"}, 2, {"'cuda:99'", "not there"});
  expect_refused({"--device", "cpu", "--tf32"}, 2, {"tf32", "CUDA"});
}

TEST_F(AfalBadInput, NamesWhatIsMissingOfTheCommandLine) {
  const Outcome outcome = run_program({"afal", "--test", afal_.path("test.h5")});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("train is missing"));
}

TEST_F(AfalBadInput, LeavesWhatIsThereAlone) {
  std::filesystem::create_directory(afal_.path("other"));
  write_bytes(afal_.path("other/notes.txt"), "mine");
  const Outcome outcome = run_program(afal_.argv({"-o", afal_.path("other")}));
  EXPECT_EQ(outcome.exit_code, 5) << outcome.err;
  EXPECT_EQ(file_bytes(afal_.path("other/notes.txt")), "mine");
  EXPECT_EQ(run_program(afal_.argv({"-o", afal_.path("train.h5")})).exit_code, 5);
}

TEST_F(AfalBadInput, SaysStepAndLearningRateWhenTrainingDiverges) {
  const Outcome outcome = run_program(afal_.argv({"--learning-rate", "1e30"}));
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("step 0"));
  EXPECT_THAT(outcome.err, HasSubstr("1e+30"));
}

}  // namespace
}  // namespace af::test
