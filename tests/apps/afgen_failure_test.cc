#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"

/// What the program does with what it cannot use: one sentence, the right exit code, nothing left.
namespace af {
namespace {

namespace fs = std::filesystem;
using test::file_bytes;
using test::Outcome;
using test::run_program;
using test::TempDir;
using testing::AllOf;
using testing::HasSubstr;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 5;

class AfgenFailure : public test::AfgenInFolder {
 protected:
  /// Runs it with an output in the folder that the test looks at afterwards.
  Outcome afgen(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", folder_ / "out.h5"});
    return test::afgen(arguments);
  }

  /// One sentence on stderr, nothing on stdout, an empty folder.
  template <class Matcher>
  void expect_refused(const Outcome& outcome, int exit_code, const Matcher& sentence) {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, testing::StartsWith("afgen: error: "));
    EXPECT_THAT(outcome.err, sentence);
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    EXPECT_TRUE(fs::is_empty(folder_.path()));
  }
};

TEST_F(AfgenFailure, BiasOutsideOfItsRange) {
  expect_refused(afgen({"--p", "1.5"}), kUsage, HasSubstr("p is 1.5; expected 0 to 1"));
  expect_refused(afgen({"--p", "-0.1"}), kUsage, HasSubstr("p is -0.1"));
  expect_refused(afgen({"--p", "nan"}), kUsage, HasSubstr("p is nan"));
}

TEST_F(AfgenFailure, CodecsOfPicturesThatCannotBeLoaded) {
  const TempDir lib;
  test::write_bytes(lib / "af_picture_codecs.so", "no module");
  const std::string draw = "LD_LIBRARY_PATH='" + lib.path().string() +
                           "' '" AF_BIN_DIR "/afgen' --n 5 -o " + folder_ / "out.h5" +
                           " --preview " + folder_ / "out.png";
  expect_refused(run_program({"/bin/sh", "-c", draw}), kUsage,
                 AllOf(HasSubstr("pictures cannot be read or written"),
                       HasSubstr(lib / "af_picture_codecs.so")));
}

/// To open one would wait for somebody to write into it.
TEST_F(AfgenFailure, PipesAndLinksThatLeadNowhere) {
  const TempDir inputs;
  fs::create_directory(inputs / "fonts");
  ASSERT_EQ(::mkfifo((inputs / "fonts/a.pcf").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((inputs / "rows.h5").c_str(), 0600), 0);
  fs::create_directory(inputs / "pictures");
  fs::create_symlink("a.png", inputs / "pictures/a.png");
  const auto refused = [&](std::vector<std::string> arguments, const std::string& sentence) {
    arguments.insert(arguments.begin(), "afgen");
    arguments.insert(arguments.end(), {"-o", folder_ / "out.h5"});
    expect_refused(test::run_and_kill(arguments, 20.0), kInput, HasSubstr(sentence));
  };
  refused({"--font-dir", inputs / "fonts"}, "a.pcf, a pipe or device");
  refused({"--attributes", inputs / "rows.h5"}, "rows.h5 is no regular file");
  refused({"--config-from", inputs / "rows.h5"}, "rows.h5 is a pipe or a device");
  refused({"--background", "image", "--images", inputs / "pictures"}, "holds no picture");
}

TEST_F(AfgenFailure, OutputsOverInputsOrOverOneAnother) {
  const TempDir inputs;
  const std::string rows = inputs / "rows.h5";
  ASSERT_EQ(test::afgen({"--n", "3", "--size", "16", "-o", rows}).exit_code, 0);
  const std::string before = file_bytes(rows);
  const auto refused = [&](const std::vector<std::string>& arguments, const std::string& sentence) {
    expect_refused(test::afgen(arguments), kUsage, HasSubstr(sentence));
    EXPECT_EQ(file_bytes(rows), before);
  };
  refused({"--attributes", rows, "-o", rows, "--force"}, rows + " is an input");
  refused({"--config-from", rows, "-o", rows, "--force"}, rows + " is an input");
  refused({"--attributes", rows, "-o", folder_ / "a.h5", "--preview", rows, "--force"},
          rows + " is an input");
  refused({"--n", "3", "-o", folder_ / "a.h5", "--preview", folder_ / "./a.h5"},
          "two outputs are named");
}

TEST_F(AfgenFailure, FlagThatIsNeitherTrueNorFalse) {
  expect_refused(afgen({"--grey=maybe"}), kUsage,
                 HasSubstr("option --grey is 'maybe', expected true or false"));
}

TEST_F(AfgenFailure, UnknownColour) {
  expect_refused(afgen({"--colors", "bleu,red"}), kUsage,
                 AllOf(HasSubstr("'bleu'"), HasSubstr("did you mean 'blue'?")));
}

TEST_F(AfgenFailure, CharacterThatAFontLacks) {
  expect_refused(afgen({"--chars", "a,鱼"}), kUsage,
                 AllOf(HasSubstr("DejaVuSans.ttf"), HasSubstr("'鱼' (U+9C7C)")));
}

TEST_F(AfgenFailure, WhatIsNoCharacter) {
  expect_refused(afgen({"--chars", "a,dd"}), kUsage, HasSubstr("'dd'"));
}

TEST_F(AfgenFailure, UnknownFont) {
  expect_refused(afgen({"--fonts", "DejaVu Sanz"}), kUsage,
                 AllOf(HasSubstr("'DejaVu Sanz'"), HasSubstr("DejaVu Sans")));
}

TEST_F(AfgenFailure, NoFontInstalled) {
  const TempDir elsewhere;
  test::write_bytes(elsewhere / "fonts.conf", "<?xml version=\"1.0\"?><fontconfig><cachedir>" +
                                                  elsewhere / "cache" + "</cachedir></fontconfig>");
  const std::string command = "FONTCONFIG_FILE='" +
                              elsewhere / "fonts.conf' '" AF_BIN_DIR "/afgen' --n 5 -o '" +
                              folder_ / "out.h5'";
  expect_refused(run_program({"/bin/sh", "-c", command}), kUsage,
                 HasSubstr("no scalable font is installed; install some"));
}

TEST_F(AfgenFailure, ImpossibleNumbersOfImages) {
  expect_refused(afgen({"--n", "0"}), kUsage, HasSubstr("n is 0"));
  expect_refused(afgen({"--n", "-3"}), kUsage, HasSubstr("n is -3"));
  expect_refused(afgen({"--n", "1000000000000"}), kUsage, HasSubstr("16.4 PB"));
  expect_refused(afgen({"--n", "many"}), kUsage, HasSubstr("many"));
  expect_refused(afgen({"--n", "1e4"}), kUsage, HasSubstr("'1e4' is no whole number"));
  expect_refused(afgen({"--n", "99999999999999999999"}), kUsage, HasSubstr("is no whole number"));
}

TEST_F(AfgenFailure, ImpossibleSizes) {
  expect_refused(afgen({"--size", "0"}), kUsage, HasSubstr("size is 0; expected 8 to 512"));
  expect_refused(afgen({"--size", "100000"}), kUsage, HasSubstr("size is 100000"));
}

TEST_F(AfgenFailure, ImpossibleOcclusions) {
  expect_refused(afgen({"--occlusions", "-1"}), kUsage, HasSubstr("occlusions is -1"));
  expect_refused(afgen({"--occlusions", "1000"}), kUsage, HasSubstr("occlusions is 1000"));
  expect_refused(afgen({"--occlusion-scale", "0"}), kUsage, HasSubstr("occlusion-scale is 0"));
}

TEST_F(AfgenFailure, UnknownOption) {
  expect_refused(afgen({"--occlusion", "1"}), kUsage, HasSubstr("--occlusion"));
}

TEST_F(AfgenFailure, ImpossibleThreads) {
  expect_refused(afgen({"--threads", "-1"}), kUsage, HasSubstr("threads"));
}

TEST_F(AfgenFailure, RowsThatAreNoJson) {
  const TempDir elsewhere;
  test::write_bytes(elsewhere / "rows.jsonl", "\n{\"char\": \n");
  expect_refused(afgen({"--attributes", elsewhere / "rows.jsonl"}), kInput,
                 HasSubstr("rows.jsonl, line 2: this is no JSON"));
  expect_refused(afgen({"--attributes", elsewhere / "none.jsonl"}), kInput,
                 HasSubstr("none.jsonl"));
}

TEST_F(AfgenFailure, ListedRowsWithOptionsOfRandomOnes) {
  expect_refused(afgen({"--attributes", "rows.jsonl", "--p", "0.5"}), kUsage,
                 AllOf(HasSubstr("--attributes"), HasSubstr("--p")));
}

TEST_F(AfgenFailure, ListedRowsWithAConfigurationOfRandomOnes) {
  const TempDir elsewhere;
  test::write_bytes(elsewhere / "c.toml", "p = 0.5\n");
  expect_refused(afgen({"--attributes", "rows.jsonl", "--config", elsewhere / "c.toml"}), kUsage,
                 AllOf(HasSubstr("--attributes"), HasSubstr("--config"), HasSubstr("c.toml")));
}

TEST_F(AfgenFailure, MissingFolder) {
  const Outcome outcome = run_program({"afgen", "--n", "5", "-o", folder_ / "none/out.h5"});
  expect_refused(outcome, kOutput, HasSubstr("none"));
}

TEST_F(AfgenFailure, FolderThatCannotBeWritten) {
  // Not even root makes a file there.
  const Outcome outcome = run_program({"afgen", "--n", "5", "-o", "/proc/out.h5"});
  expect_refused(outcome, kOutput, HasSubstr("/proc"));
}

TEST_F(AfgenFailure, ExistingOutputStaysUnlessForced) {
  test::write_bytes(folder_ / "out.h5", "mine");
  const Outcome outcome = afgen({"--n", "5"});
  EXPECT_EQ(outcome.exit_code, kOutput);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("out.h5"), HasSubstr("--force")));
  EXPECT_EQ(file_bytes(folder_ / "out.h5"), "mine");
  EXPECT_EQ(afgen({"--n", "5", "--force"}).exit_code, 0);
  EXPECT_NE(file_bytes(folder_ / "out.h5"), "mine");
}

TEST_F(AfgenFailure, ExistingPreviewStaysAndNothingIsWritten) {
  const TempDir elsewhere;
  test::write_bytes(elsewhere / "a.png", "mine");
  expect_refused(afgen({"--n", "5", "--preview", elsewhere / "a.png"}), kOutput,
                 HasSubstr("a.png"));
  EXPECT_EQ(file_bytes(elsewhere / "a.png"), "mine");
}

TEST_F(AfgenFailure, PreviewNamedAsAnotherFormat) {
  for (const char* name : {"a.jpg", "a.h5", "a.PNGs"}) {
    expect_refused(afgen({"--n", "5", "--preview", folder_ / name}), kUsage,
                   HasSubstr(std::string(name) + " would hold a PNG picture"));
  }
  EXPECT_EQ(afgen({"--n", "5", "--preview", folder_ / "a.PNG"}).exit_code, 0);
}

TEST_F(AfgenFailure, FullDisk) {
  if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "no file system can be mounted here: " << std::strerror(errno);
  }
  const Outcome outcome = afgen({"--n", "2000"});
  const bool empty = fs::is_empty(folder_.path());
  ::umount(folder_.path().c_str());
  expect_refused(outcome, kOutput, HasSubstr("out.h5"));
  EXPECT_TRUE(empty);
}

TEST_F(AfgenFailure, DiskThatFailsInTheMiddle) {
  // The limit on a file's size stands in for a disk that fills while it is written: the room was
  // there before.
  const std::string command = "trap '' XFSZ; ulimit -f 2000; exec '" AF_BIN_DIR
                              "/afgen' --n 2000 --quiet -o '" +
                              (folder_ / "out.h5") + "'";
  expect_refused(run_program({"/bin/sh", "-c", command}), kOutput, HasSubstr("out.h5"));
}

TEST_F(AfgenFailure, KilledInTheMiddleLeavesAtMostThePart) {
  const Outcome outcome =
      test::run_and_kill({"afgen", "--n", "300000", "--size", "32", "-o", folder_ / "out.h5"}, 0.7);
  ASSERT_EQ(outcome.exit_code, 137);
  EXPECT_FALSE(fs::exists(folder_ / "out.h5"));
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_EQ(entry.path().filename(), "out.h5.part");
  }
  // What was left is in nobody's way.
  EXPECT_EQ(afgen({"--n", "5"}).exit_code, 0);
}

}  // namespace
}  // namespace af
