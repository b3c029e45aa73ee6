#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "apps/options.h"
#include "core/shard.h"
#include "synth/dataset_config.h"
#include "synth/generate.h"

namespace af::apps {

/// What a run of afgen does beside the configuration that its file carries.
struct GenerateControl {
  std::string output;                 ///< Empty: a telling name in the working folder.
  std::string preview;                ///< PNG to write; empty: none.
  std::string bias_picture;           ///< PNG to write; empty: none.
  std::string attributes;             ///< JSON lines to render instead of drawing rows at random.
  std::string preset;                 ///< Names the file; read before by `read_preset`.
  std::string table;                  ///< TOML file of tables; empty: none.
  std::vector<std::string> settings;  ///< "field=value" over everything else.
  bool list_presets = false;
  int threads = 0;  ///< 0: one for each hardware thread.
  bool force = false;
  std::optional<Shard> shard;  ///< Only these rows.
  synth::Layout layout = synth::Layout::kColumns;
  int gzip_level = 0;  ///< 0: not compressed.
};

/// Fills the configuration from `--preset NAME`, before the command line is parsed.
/// @throws ConfigError if there is no such preset.
void read_preset(int argc, const char* const* argv, synth::DatasetConfig& config);

/// Applies `--table` and then `--set` over the options. @throws ConfigError, InputError
void apply_settings(const GenerateControl& control, synth::DatasetConfig& config);

/// Call it after the configuration's options are bound: `--attributes` excludes most of them.
void bind_control(CLI::App& app, GenerateControl& control);

/// Writes the data set, and the contact sheet if wanted, and prints the data set's path; or prints
/// the presets. Returns the exit code. @throws Error
int run_generate(const synth::DatasetConfig& config, const GenerateControl& control,
                 const CommonFlags& flags);

}  // namespace af::apps
