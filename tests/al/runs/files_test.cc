#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "al/comparison/run_summary.h"
#include "al/config/experiment_config.h"
#include "al/images/image_table.h"
#include "al/runs/csv_records.h"
#include "al/runs/labelled_file.h"
#include "al/runs/metrics_file.h"
#include "al/runs/run_folder.h"
#include "al/runs/training_file.h"
#include "core/config_toml.h"
#include "core/errors.h"
#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::al {
namespace {

using testing::HasSubstr;

ImageTable small_table() {
  ImageTable table;
  table.path = "train.h5";
  table.rows = 4;
  table.target = {"char", {"a", "d"}, {0, 0, 0, 1}};
  table.group = {"color", {"blue", "red, dark"}, {0, 0, 1, 1}};
  return table;
}

const std::vector<LabelledRow> kRows{{0, 2, std::nullopt}, {0, 0, std::nullopt}, {1, 3, .1 + .2}};

TEST(LabelledFile, ReadsBackWhatItWrote) {
  const test::TempDir folder;
  const std::string path = folder / "labelled.csv";
  const std::string text = labelled_text(kRows, small_table());
  EXPECT_THAT(text, testing::StartsWith("step,row,score,char,color\n0,2,,a,\"red, dark\"\n"));
  test::write_bytes(path, text);
  EXPECT_EQ(read_labelled(path, small_table()), kRows);
}

TEST(LabelledFile, NamesTheLineThatIsDamaged) {
  const test::TempDir folder;
  const std::string path = folder / "labelled.csv";
  for (const char* line : {"1,9,,a,blue", "x", "", "0,2,,a,blue", "0,-1,,a,blue", "-1,0,,a,blue"}) {
    test::write_bytes(path, std::string("step,row,score,char,color\n0,0,,a,blue\n") + line + "\n");
    EXPECT_THAT(test::refusal<InputError>([&] { return read_labelled(path, small_table()); }),
                HasSubstr("line 3"));
  }
}

TEST(LabelledFile, CountsLinesInsideOfValues) {
  const test::TempDir folder;
  const std::string path = folder / "labelled.csv";
  ImageTable table = small_table();
  table.group.vocabulary.front() = "two\nlines";
  const std::string text = labelled_text({{0, 0, std::nullopt}, {0, 1, std::nullopt}}, table);
  const auto breaks = std::ranges::count(text, '\n');
  ASSERT_GT(breaks, 3);
  test::write_bytes(path, text + "x\n");
  EXPECT_THAT(test::refusal<InputError>([&] { return read_labelled(path, table); }),
              HasSubstr(fmt::format("line {} is damaged", breaks + 1)));
  test::write_bytes(path, text + "1,2,,\"a\n");
  EXPECT_THAT(test::refusal<InputError>([&] { return read_labelled(path, table); }),
              HasSubstr(fmt::format("the quoted field of line {} does not end", breaks + 1)));
}

TEST(StepLines, AreReadBackUpToTheStepsThatAreDone) {
  const test::TempDir folder;
  const std::string path = folder / "training.csv";
  const std::string header = kTrainingHeader;
  EXPECT_TRUE(read_step_lines(path, header, 0).empty());  // Nothing is done: it need not be there.
  const std::vector<std::string> lines{training_line(0, 32, 500), training_line(1, 16, 600)};
  test::write_bytes(path, csv_text(header, lines));
  EXPECT_EQ(read_step_lines(path, header, 2), lines);
  EXPECT_EQ(read_step_lines(path, header, 1), std::vector<std::string>{"0,32,500"});
  const std::vector<std::int64_t> rows{2, 3};
  const std::vector<std::string> kept = kept_lines(0, rows, small_table());
  EXPECT_EQ(kept, (std::vector<std::string>{"0,2,a,\"red, dark\"", "0,3,d,\"red, dark\""}));
  test::write_bytes(path, csv_text(kept_header(small_table()), kept));
  EXPECT_EQ(read_step_lines(path, "step,row,char,color", 1), kept);
}

TEST(StepLines, AreRefusedWhereAStepIsMissingOrOutOfOrder) {
  const test::TempDir folder;
  const std::string path = folder / "training.csv";
  const auto complaint = [&](const std::string& lines) {
    test::write_bytes(path, "step,batch_size,rows_per_epoch\n" + lines);
    return test::refusal<InputError>([&] { return read_step_lines(path, kTrainingHeader, 2); });
  };
  EXPECT_THAT(complaint("0,8,9\n"), HasSubstr("training.csv ends before step 1"));
  EXPECT_THAT(complaint("1,8,9\n"), HasSubstr("line 2 is damaged, expected one of step 0"));
  EXPECT_THAT(complaint("0,8,9\nx,8,9\n"), HasSubstr("line 3 is damaged, expected one of step 1"));
  EXPECT_THAT(complaint("0,8,9\n2,8,9\n"), HasSubstr("line 3"));
  EXPECT_THAT(complaint("0,8,9\n1\n"), HasSubstr("line 3"));
  EXPECT_THAT(complaint("0,8,9\n1,8,9\n0,8,9\n"), HasSubstr("line 4"));
  test::write_bytes(path, "step,rows\n0,8\n1,8\n");
  EXPECT_THAT(test::refusal<InputError>([&] { return read_step_lines(path, kTrainingHeader, 2); }),
              HasSubstr("line 1 is not the header, expected step,batch_size,rows_per_epoch"));
}

TEST(MetricsFile, LeavesAnUndefinedValueEmpty) {
  const std::string line = metrics_line(
      {"erm", "bald", 3, 1, 600}, {{"accuracy", .5}, {"group_gap", std::nullopt}}, {1, 2, 3, 4});
  EXPECT_EQ(line, "erm,bald,3,1,600,0.5,,1.000,2.000,3.000,4.000");
}

TEST(MetricsFile, RefusesLinesOfAnotherRun) {
  const test::TempDir folder;
  const std::string path = folder / "metrics.csv";
  EXPECT_TRUE(read_metrics(path, "a,b,c,d,e", {"erm", "bald", 1, 0, 0}).empty());
  test::write_bytes(path, "a,b,c,d,e\nerm,bald,1,0,5\nerm,bald,1,2,5\n");
  EXPECT_THROW(static_cast<void>(read_metrics(path, "a,b,c,d,e", {"erm", "bald", 1, 0, 0})),
               InputError);
  EXPECT_THROW(static_cast<void>(read_metrics(path, "a,b,c,d", {"erm", "bald", 1, 0, 0})),
               InputError);
}

TEST(MetricsFile, NamesALineWithAFieldThatIsNoNumber) {
  const test::TempDir folder;
  const std::string path = folder / "metrics.csv";
  const std::string header = "method,heuristic,seed,step,labelled,\"accuracy_red, dark\",loss";
  const auto complaint = [&](const std::string& fields) {
    test::write_bytes(path, header + "\nerm,bald,1,0," + fields + "\n");
    return test::refusal<InputError>([&] {
      return read_metrics(path, header, {"erm", "bald", 1});
    });
  };
  for (const char* fields : {"5,.5,inf", "5,,", "5,1e-3,nan"}) {
    EXPECT_EQ(complaint(fields), "not refused") << fields;
  }
  for (const char* fields : {"5,zz,1", "5,.5x,1", "5,1", "5,1,2,3", "5,1,\"2\"", "5,1, 2"}) {
    EXPECT_THAT(complaint(fields), HasSubstr("line 2 is damaged")) << fields;
  }
}

TEST(RunMetrics, KeepTheOrderOfThePartsWhateverComesFirst) {
  const test::TempDir folder;
  RunMetrics metrics(folder / "metrics.csv", "h", 2);
  metrics.add(1, "second");
  metrics.add(0, "first");
  EXPECT_EQ(test::file_bytes(folder / "metrics.csv"), "h\nfirst\nsecond\n");
}

TEST(RunSummary, CountsRowsOfCellsBelowAnEqualSplitAsMinority) {
  const ImageTable table = small_table();  // a: 2 blue, 1 red; d: 1 red and no blue.
  EXPECT_EQ(minority_rows(table), (std::vector<bool>{false, false, true, false}));
  EXPECT_NEAR(minority_share(kRows, minority_rows(table)), 1. / 3, 1e-12);
}

TEST(RunSummary, KnowsNoMinorityInAnEqualSplit) {
  ImageTable table = small_table();
  table.target.codes = {0, 0, 0, 0};
  table.group.codes = {0, 1, 1, 0};
  EXPECT_EQ(minority_rows(table), std::vector<bool>(4, false));
}

TEST(ExperimentConfig, IsTheSameAfterWritingAndReading) {
  ExperimentConfig config{.train = "a.h5", .test = "b.h5", .learning_rate = .1};
  config.schedule = ScheduleKind::kConstant;
  ExperimentConfig read;
  read_toml(parse_toml(write_toml(config), "test"), read);
  EXPECT_EQ(write_toml(read), write_toml(config));
}

TEST(ExperimentConfig, TakesTheDefaultsThatGoWithTheOptimizer) {
  const ExperimentConfig adamw = resolved({.train = "a", .test = "b", .device = "cpu"});
  EXPECT_EQ(adamw.learning_rate, .003);
  EXPECT_EQ(adamw.schedule, ScheduleKind::kOneCycle);
  EXPECT_EQ(adamw.downscale, 2);
  const ExperimentConfig sgd = resolved({.train = "a",
                                         .test = "b",
                                         .model = "vgg16",
                                         .optimizer = OptimizerKind::kSgd,
                                         .device = "cpu"});
  EXPECT_EQ(sgd.learning_rate, .001);
  EXPECT_EQ(sgd.schedule, ScheduleKind::kConstant);
  EXPECT_EQ(sgd.downscale, 1);
}

TEST(RunFolder, TakesUpTheSameRunAndNamesWhatDiffersOfAnother) {
  const test::TempDir parent;
  const std::filesystem::path path = parent / "run";
  ExperimentConfig config{.train = "a.h5", .test = "b.h5"};
  const Provenance provenance{"1", "2"};
  { const RunFolder made(path, config_text(config, provenance), false); }
  config.train = "elsewhere/a.h5";
  EXPECT_NO_THROW(RunFolder(path, config_text(config, provenance), false));
  EXPECT_THROW(RunFolder(path, config_text(config, {"other", "2"}), false), OutputError);
  config.draws = 7;
  EXPECT_THAT(test::refusal<OutputError>(
                  [&] { const RunFolder refused(path, config_text(config, provenance), false); }),
              HasSubstr("draws = 20, now 7"));
}

TEST(RunFolder, IsAnotherRunWithoutASettingOrTheWeightsThatItHad) {
  const test::TempDir parent;
  const std::filesystem::path path = parent / "run";
  ExperimentConfig config{.train = "a.h5", .test = "b.h5", .pool_size = 500};
  config.weights = "w.pt";
  Provenance provenance{"1", "2", Provenance::Weights{.sha256 = "3"}};
  { const RunFolder made(path, config_text(config, provenance), false); }
  const auto complaint = [&] {
    return test::refusal<OutputError>(
        [&] { return RunFolder(path, config_text(config, provenance), false).path(); });
  };
  config.weights = "elsewhere/w.pt";
  EXPECT_EQ(complaint(), "not refused");
  provenance.weights->sha256 = "4";
  EXPECT_THAT(complaint(), HasSubstr("weights_sha256 = '3', now '4'"));
  config.weights.reset();
  provenance.weights.reset();
  EXPECT_THAT(complaint(), HasSubstr("now nothing"));
  config.pool_size.reset();
  EXPECT_THAT(complaint(), HasSubstr("pool_size = 500, now nothing"));
}

TEST(RunFolder, IsHeldByOneAtATime) {
  const test::TempDir parent;
  const std::string config = config_text({.train = "a", .test = "b"}, {"1", "2"});
  const RunFolder held(parent / "run", config, false);
  EXPECT_THROW(RunFolder(parent / "run", config, false), OutputError);
}

TEST(RunFolder, RefusesAFolderOfSomethingElseEvenWithForce) {
  const test::TempDir folder;
  test::write_bytes(folder / "thesis.tex", "precious");
  const std::string config = config_text({.train = "a", .test = "b"}, {"1", "2"});
  EXPECT_THROW(RunFolder(folder.path(), config, false), OutputError);
  EXPECT_THROW(RunFolder(folder.path(), config, true), OutputError);
  EXPECT_EQ(test::file_bytes(folder / "thesis.tex"), "precious");
}

TEST(StageSeconds, AreReadFromTheLineThatCarriesThem) {
  const StageSeconds seconds{.train = 12.25, .score = 0, .choose = .25, .test = 3.5};
  const std::string line = metrics_line({"erm", "bald", 1, 0, 10}, {{"a", .5}, {"b", {}}}, seconds);
  StageSeconds sum = seconds_of(line);
  EXPECT_EQ(sum.train, 12.25);
  EXPECT_EQ(sum.score, 0);
  EXPECT_EQ(sum.choose, .25);
  EXPECT_EQ(sum.test, 3.5);
  sum += sum;
  EXPECT_EQ(sum.train, 24.5);
  for (const std::string damaged : {"erm,bald,x,0,10", "1,2,3,", "1,2,3", "", "1,2,3x,4"}) {
    EXPECT_THROW(static_cast<void>(seconds_of(damaged)), InputError) << damaged;
  }
}

}  // namespace
}  // namespace af::al
