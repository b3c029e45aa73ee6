#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "apps/options.h"
#include "core/shard.h"
#include "synth/dataset_config.h"
#include "synth/generate.h"
#include "synth/listed_config.h"

namespace af::apps {

/// What a run of afgen does beside the configuration that its file carries.
struct GenerateControl {
  std::string output;          ///< Empty: a telling name in the working folder.
  std::string preview;         ///< PNG to write; empty: none.
  std::string bias_picture;    ///< PNG to write; empty: none.
  synth::ListedConfig listed;  ///< Rows to render instead of drawing them at random.
  std::string config_from;     ///< Data set to begin with; read before by `read_config_from`.
  std::string preset;          ///< Names the file; read before by `read_preset`.
  std::string table;           ///< TOML file of tables; empty: none.
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

/// Fills the configuration, or that of listed rows, from the data set that `--config-from` names,
/// before the command line is parsed. @throws InputError if the file cannot be read
void read_config_from(int argc, const char* const* argv, synth::DatasetConfig& config,
                      GenerateControl& control);

/// @throws ConfigError if options contradict one another.
void check_options(const CLI::App& app, const GenerateControl& control);

/// Applies `--table` and then `--set` over the options. @throws ConfigError, InputError
void apply_settings(const GenerateControl& control, synth::DatasetConfig& config);

/// Call it after the configuration's options are bound: `--attributes` excludes most of them.
void bind_control(CLI::App& app, GenerateControl& control);

/// Writes the data set, and the contact sheet if wanted, and prints the data set's path; or prints
/// the presets. Returns the exit code. @throws Error
int run_generate(const synth::DatasetConfig& config, const GenerateControl& control,
                 const CommonFlags& flags);

}  // namespace af::apps
