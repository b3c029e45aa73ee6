#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "apps/options.h"
#include "synth/dataset_config.h"

namespace af::apps {

/// What a run of afgen does beside the configuration that its file carries.
struct GenerateControl {
  std::string output;      ///< Empty: a telling name in the working folder.
  std::string preview;     ///< PNG to write; empty: none.
  std::string attributes;  ///< JSON lines to render instead of drawing rows at random.
  int threads = 0;         ///< 0: one for each hardware thread.
  bool force = false;
};

/// Call it after the configuration's options are bound: `--attributes` excludes most of them.
void bind_control(CLI::App& app, GenerateControl& control);

/// Writes the data set, and the contact sheet if wanted, and prints the data set's path.
/// @throws Error
void run_generate(const synth::DatasetConfig& config, const GenerateControl& control,
                  const CommonFlags& flags);

}  // namespace af::apps
