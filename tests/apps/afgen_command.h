#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/program.h"

namespace af::test {

/// Runs afgen.
[[nodiscard]] inline Outcome afgen(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "afgen");
  return run_program(arguments);
}

/// A test with a folder of its own.
class AfgenInFolder : public testing::Test {
 protected:
  /// A file of the folder.
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

  /// Makes a small data set in it.
  void make(std::vector<std::string> arguments, const std::string& name) const {
    arguments.insert(arguments.end(), {"--size", "16", "--quiet", "-o", path(name)});
    const Outcome outcome = afgen(arguments);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }

  TempDir folder_;
};

}  // namespace af::test
