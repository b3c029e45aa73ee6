#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"

namespace af::test {

/// Two small data sets and a run of afal on them of about a second.
class AfalCommand {
 public:
  AfalCommand() {
    write_synthetic(folder_ / "train.h5", {.rows = 120, .seed = 1});
    write_synthetic(folder_ / "test.h5", {.rows = 40, .p = .5, .seed = 2});
  }
  /// The command line with `options` behind it, which win where they repeat one.
  [[nodiscard]] std::vector<std::string> argv(std::vector<std::string> options = {},
                                              const std::string& output = "run") const {
    const std::vector<std::pair<std::string, std::string>> defaults{
        {"--train", folder_ / "train.h5"},
        {"--test", folder_ / "test.h5"},
        {"--heuristics", "bald,random"},
        {"--seeds", "2"},
        {"--initial", "40"},
        {"--query", "10"},
        {"--budget", "70"},
        {"--draws", "4"},
        {"--epochs", "2"},
        {"--device", "cpu"},
        {"--jobs", "2"},
        {"-o", folder_ / output}};
    std::vector<std::string> words{"afal", "--quiet"};
    for (const auto& [name, value] : defaults) {
      if (std::ranges::find(options, name) != options.end()) continue;
      words.insert(words.end(), {name, value});
    }
    words.insert(words.end(), options.begin(), options.end());
    return words;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

 private:
  TempDir folder_;
};

}  // namespace af::test
