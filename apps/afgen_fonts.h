#pragma once

#include <CLI/CLI.hpp>

#include "synth/dataset_config.h"

namespace af::apps {

/// Binds the subcommand `afgen fonts`, which lists what there is to draw with and ends, and
/// `--language`, which stands for the letters of a language. Call it after the
/// configuration's and the control's options are bound.
void bind_fonts(CLI::App& app, synth::DatasetConfig& config);

}  // namespace af::apps
