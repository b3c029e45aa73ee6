#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace af::apps {

struct MergeControl {
  std::vector<std::string> parts;
  std::string output;
  bool is_virtual = false;  ///< Refer to the parts instead of copying them.
  bool is_copy = false;     ///< Said for clearness: what is done anyway.
  bool force = false;
  bool quiet = false;
  bool json = false;
};

/// Adds `afgen merge`, whose options are its own; ask `->parsed()`.
const CLI::App* bind_merge(CLI::App& app, MergeControl& control);

/// Puts the shards of a data set together, prints the path, and returns the exit code.
/// @throws Error
int run_merge(const MergeControl& control);

}  // namespace af::apps
