#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "synth/verify.h"

namespace af::apps {

/// Options of `afgen verify FILE`.
struct VerifyControl {
  std::string file;
  double alpha = synth::kUsualAlpha;    ///< Chance to call a true bias a wrong one.
  double effect = synth::kUsualEffect;  ///< Cohen's w whose discovery the power is about.
  std::int64_t replay = 100;            ///< Rows to draw again.
  bool json = false;
};

/// Adds the command; whoever parses asks whether it was given.
[[nodiscard]] const CLI::App* bind_verify(CLI::App& app, VerifyControl& control);

/// Checks that the file is whole and its bias the one configured, and prints both.
/// Returns 0, or 1 if the bias is another. @throws InputError if the file is damaged (exit 3)
int run_verify(const VerifyControl& control);

}  // namespace af::apps
