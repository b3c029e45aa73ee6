#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <numeric>
#include <set>

#include "core/random.h"
#include "tests/audit/inputs/small_files.h"
#include "tests/audit/inputs/small_tables.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

/// Mutated files of each kind; AF_MUTATIONS=1000 for the whole number.
std::uint64_t mutations() {
  const char* const text = std::getenv("AF_MUTATIONS");
  return text == nullptr ? 40 : std::strtoull(text, nullptr, 10);
}

/// Bytes changed, taken out, put in, or cut off, where chance has it.
std::string mutated(std::string bytes, Stream& stream) {
  const auto place = [&] { return stream.below(static_cast<std::uint32_t>(bytes.size())); };
  const std::uint32_t how = stream.below(5);
  for (std::uint32_t times = 1 + stream.below(8); times > 0 && !bytes.empty(); --times) {
    const std::size_t at = place();
    const auto byte = static_cast<char>(stream.below(256));
    switch (how) {
      case 0: bytes[at] = byte; break;
      case 1: bytes.erase(at, 1 + stream.below(64)); break;
      case 2: bytes.insert(at, 1 + stream.below(16), byte); break;
      case 3:
        bytes.replace(at, std::min<std::size_t>(4, bytes.size() - at), "\xff\xff\xff\xff");
        break;
      default: bytes.resize(at); break;
    }
  }
  return bytes;
}

/// The text if a sanitizer wrote into it, else nothing.
std::string sanitizer_report(const std::string& text) {
  for (const char* sign : {"Sanitizer", "runtime error:"}) {
    if (text.find(sign) != std::string::npos) return text;
  }
  return {};
}

/// What the mutations of a kind cost at most.
struct Worst {
  std::uint64_t bytes = 0;
  double seconds = 0;
};

class AfauditMutation : public testing::Test {
 protected:
  /// Every mutation of `file` must end with an exit code of the interface within five seconds and a
  /// gigabyte; a refusal is one printable sentence.
  /// @param more   Exit codes besides 0 (harmless), 2 and 3.
  /// @param known  Numbers of mutations that once did harm.
  void expect_survives(const std::string& file, std::vector<std::string> argv,
                       const std::set<int>& more = {},
                       const std::vector<std::uint64_t>& known = {}) const {
    constexpr std::uint64_t kGigabyte = 1'000'000'000;
    argv.insert(argv.begin(), {"/usr/bin/timeout", "-s", "KILL", "5", AF_BIN_DIR "/afaudit"});
    const std::string whole = file_bytes(file);
    Worst worst;
    std::vector<std::uint64_t> numbers(mutations());
    std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
    numbers.insert(numbers.end(), known.begin(), known.end());
    for (const std::uint64_t i : numbers) {
      Stream stream(20'260'130, Purpose::kTest, i);
      write_bytes(file, mutated(whole, stream));
      const Outcome outcome = run_program(argv);
      worst = {std::max(worst.bytes, outcome.peak_bytes),
               std::max(worst.seconds, outcome.cpu_seconds)};
      ASSERT_EQ(sanitizer_report(outcome.err), "") << file << " mutation " << i;
      ASSERT_TRUE(std::set({0, 2, 3}).contains(outcome.exit_code) ||
                  more.contains(outcome.exit_code))
          << outcome.exit_code << " of " << file << " mutation " << i << ": " << outcome.err;
      ASSERT_LT(outcome.peak_bytes, kGigabyte) << file << " mutation " << i;
      if (outcome.exit_code != 2 && outcome.exit_code != 3) continue;
      EXPECT_THAT(outcome.err, testing::StartsWith("afaudit: error: "));
      EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
      EXPECT_LT(outcome.err.size(), 2'200U);
      EXPECT_TRUE(std::ranges::none_of(outcome.err, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n';
      })) << outcome.err;
    }
    write_bytes(file, whole);
    std::cout << std::filesystem::path(file).filename().string() << ": " << mutations()
              << " mutations, at most " << worst.bytes / 1'000'000 << " MB and " << worst.seconds
              << " processor seconds\n";
  }

  [[nodiscard]] static std::vector<std::string> table_options(const std::string& file) {
    return {file, "--label", "y", "--prediction", "p", "--group", "color", "--replicates", "20"};
  }

  TempDir folder_;
};

TEST_F(AfauditMutation, OfCsvIsSurvived) {
  std::string csv = "y,p,color\n";
  for (int i = 0; i < 60; ++i) csv += i % 2 == 0 ? "1,1,red\n" : "0,1,\"blue\"\n";
  write_bytes(folder_ / "t.csv", csv);
  expect_survives(folder_ / "t.csv", table_options(folder_ / "t.csv"));
}

TEST_F(AfauditMutation, OfParquetAndArrowIsSurvived) {
  write_parquet_table(folder_ / "t.parquet");
  write_arrow_table(folder_ / "t.arrow", false);
  write_arrow_table(folder_ / "t.arrows", true);
  for (const char* name : {"t.parquet", "t.arrow", "t.arrows"}) {
    std::vector<std::string> options = table_options(folder_ / name);
    options.insert(options.end(), {"--missing", "group"});
    expect_survives(folder_ / name, options);
  }
}

TEST_F(AfauditMutation, OfHdf5IsSurvived) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  write_hdf5_table(folder_ / "any.h5");
  // They made the HDF5 library ask for gigabytes.
  expect_survives(folder_ / "t.h5", {folder_ / "t.h5"}, {}, {480});
  expect_survives(folder_ / "any.h5", table_options(folder_ / "any.h5"), {}, {725});
}

TEST_F(AfauditMutation, OfPolicyAndSubsetIsSurvived) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  write_bytes(folder_ / "policy.toml",
              "min_group = 3\n[[gate]]\nname = 'a'\nfail_if = 'rows > 1 and share[char=a, "
              "color=red] < 0.3'\nbecause = 'x'\n");
  write_bytes(folder_ / "rows.csv", "row\n1\n2\n50\n99\n");
  expect_survives(folder_ / "policy.toml", {folder_ / "t.h5", "--policy", folder_ / "policy.toml"},
                  {1, 4});
  expect_survives(folder_ / "rows.csv", {folder_ / "t.h5", "--subset", folder_ / "rows.csv"});
}

TEST_F(AfauditMutation, OfARunFolderIsSurvived) {
  write_run(folder_ / "run");
  for (const char* name :
       {"config.toml", "metrics.csv", "bald/seed-0/labelled.csv", "bald/seed-0/predictions.csv"}) {
    expect_survives(folder_ / "run/" + name, {folder_ / "run"});
  }
}

/// A binary file where a CSV is meant: its bytes must not reach the terminal.
TEST_F(AfauditMutation, OfABinarySubsetIsNamedInPrintableText) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const std::string bytes =
      "\x7f"
      "ELF\x02\xac\xf4,\x1b[31m\xff\n1,2\n";
  std::ofstream(folder_ / "subset", std::ios::binary) << bytes;
  const Outcome outcome =
      run_program({"afaudit", folder_ / "t.h5", "--subset", folder_ / "subset"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err,
              testing::EndsWith("has no column 'row'; it has \\x7fELF\\x02\\xac\\xf4 and "
                                "\\x1b[31m\\xff\n"));
}

TEST_F(AfauditMutation, OfAProgramAsASubsetIsToldShortly) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const Outcome outcome =
      run_program({"afaudit", folder_ / "t.h5", "--subset", AF_BIN_DIR "/afaudit"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_LT(outcome.err.size(), 1'000U);
}

}  // namespace
}  // namespace af::test
