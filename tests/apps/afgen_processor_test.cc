#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/program.h"

/// The same bytes on every x86-64 processor, although code is chosen by what the processor has.
namespace af {
namespace {

namespace fs = std::filesystem;
using test::file_bytes;
using test::run_program;
using test::TempDir;

constexpr const char* kEmulator = "/usr/bin/qemu-x86_64";

std::vector<std::string> arguments(const std::string& program, const std::string& output) {
  return {program, "--n",       "60", "--occlusions", "2",  "--seed",
          "11",    "--threads", "2",  "--quiet",      "-o", output};
}

class Processor : public testing::TestWithParam<const char*> {};

TEST_P(Processor, ChangesNoByte) {
  if (!fs::exists(kEmulator)) GTEST_SKIP() << "no " << kEmulator << " (Debian: qemu-user)";
  const TempDir folder;
  ASSERT_EQ(run_program(arguments("afgen", folder / "here.h5")).exit_code, 0);
  std::vector<std::string> emulated = arguments(AF_BIN_DIR "/afgen", folder / "there.h5");
  emulated.insert(emulated.begin(), {kEmulator, "-cpu", GetParam()});
  const test::Outcome outcome = run_program(emulated);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(file_bytes(folder / "here.h5"), file_bytes(folder / "there.h5"));
}

// SSE2 as every x86-64 has it; with AVX2 and fused multiply-add. The machine at hand is the third.
INSTANTIATE_TEST_SUITE_P(Emulated, Processor, testing::Values("qemu64", "Haswell"));

}  // namespace
}  // namespace af
