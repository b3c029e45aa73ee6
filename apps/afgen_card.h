#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "synth/dataset_card.h"

namespace af::apps {

/// Options of `afgen card FILE`.
struct CardControl {
  std::string file;
  std::string output;  ///< Markdown; empty: the file's name with .md. The JSON-LD lies beside it.
  synth::CardWords words;
  bool force = false;
};

/// Adds the command; whoever parses asks whether it was given.
[[nodiscard]] const CLI::App* bind_card(CLI::App& app, CardControl& control);

/// Writes the card in both forms, prints their paths, and returns the exit code. @throws Error
int run_card(const CardControl& control);

}  // namespace af::apps
