#include "apps/afgen_generate.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "apps/program.h"
#include "core/atomic_file.h"
#include "core/config_toml.h"
#include "core/dataset_merge.h"
#include "core/dataset_reader.h"
#include "core/errors.h"
#include "core/parallel.h"
#include "core/progress.h"
#include "synth/attribute_rows.h"
#include "synth/bias_picture.h"
#include "synth/config_settings.h"
#include "synth/contact_sheet.h"
#include "synth/generate.h"
#include "synth/picture_output.h"
#include "synth/presets.h"
#include "synth/verify.h"

namespace af::apps {
namespace {

namespace fs = std::filesystem;

/// What tells a file from others: "p0.9_n10000_s0".
std::string telling_name(const synth::DatasetConfig& config, const GenerateControl& control) {
  std::string of = fmt::format("p{}", config.p);
  if (!control.table.empty()) of = fs::path(control.table).stem().string();
  if (!control.preset.empty()) of = control.preset;
  return fmt::format("{}_n{}_s{}", of, config.n, config.seed);
}

fs::path output_path(const synth::DatasetConfig& config, const GenerateControl& control) {
  if (!control.output.empty()) return control.output;
  const std::string name = control.listed.attributes.empty()
                               ? "af_" + telling_name(config, control)
                               : fs::path(control.listed.attributes).stem().string();
  if (!control.shard) return name + ".h5";
  return fmt::format("{}_{}of{}.h5", name, control.shard->number, control.shard->count);
}

/// Options that listed rows share with rows drawn at random.
synth::ListedConfig listed_config(const synth::DatasetConfig& config,
                                  const GenerateControl& control) {
  synth::ListedConfig listed = control.listed;
  listed.seed = config.seed;
  listed.images = config.images;
  listed.font_dir = config.font_dir;
  return listed;
}

synth::RowSource row_source(const synth::DatasetConfig& config, const GenerateControl& control) {
  config.validate();
  if (!control.listed.attributes.empty()) return synth::listed_rows(listed_config(config, control));
  try {
    return synth::sampled_rows(config);
  } catch (const ConfigError& error) {
    const std::string needs =
        control.preset.empty() ? "" : synth::find_preset(control.preset).needs();
    if (needs.empty()) throw;
    throw ConfigError(
        fmt::format("{} (the preset {} needs {})", error.what(), control.preset, needs));
  }
}

/// Whether an option says what rows there are, so that it contradicts a list of them.
bool describes_rows(const std::vector<std::string>& names) {
  static const std::set<std::string> kOthers{
      "help",         "seed",     "output", "force",  "threads",     "attributes", "preview",
      "list-presets", "font-dir", "images", "swap",   "replace",     "compress",   "config-from",
      "shard",        "quiet",    "json",   "config", "print-config"};
  return !names.empty() && !kOthers.contains(names.front());
}

int print_presets(bool json) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const synth::Preset& preset : synth::presets()) {
    if (json) {
      list.push_back({{"name", preset.name}, {"about", preset.about()}, {"needs", preset.needs()}});
    } else {
      const std::string needs = preset.needs();
      fmt::print("{:22}{}{}\n", preset.name, preset.about(),
                 needs.empty() ? "" : fmt::format(" Needs {}.", needs));
    }
  }
  if (json) fmt::print("{}\n", list.dump());
  return 0;
}

void write_bias_picture(const fs::path& path, const GenerateControl& control) {
  const auto bias =
      synth::realised_bias(DatasetReader(path), synth::kUsualAlpha, synth::kUsualEffect);
  if (bias) synth::write_bias_picture(*bias, control.bias_picture, control.force);
}

void print_result(const fs::path& path, std::uint64_t rows, const GenerateControl& control,
                  bool json) {
  if (!json) {
    fmt::print("{}\n", path.string());
    return;
  }
  nlohmann::ordered_json result{{"path", path.string()}, {"rows", rows}};
  if (control.shard) result["shard"] = control.shard->text();
  if (!control.preview.empty()) result["preview"] = control.preview;
  if (!control.bias_picture.empty()) result["bias_picture"] = control.bias_picture;
  fmt::print("{}\n", result.dump());
}

}  // namespace

void bind_control(CLI::App& app, GenerateControl& control) {
  app.add_option("-o,--output", control.output,
                 "HDF5 file to write; by default a telling name in the working folder");
  app.add_flag("--force", control.force, "Replace files that are there");
  app.add_option("--threads", control.threads,
                 "Threads, 0: one for each of the machine's; changes no byte of the file");
  app.add_option("--preview", control.preview, "Contact sheet to write as PNG");
  app.add_option("--bias-picture", control.bias_picture,
                 "Table of the tied factors, realised and configured, to write as PNG");
  CLI::Option* attributes =
      app.add_option("--attributes", control.listed.attributes,
                     "Render exactly these rows: JSON lines, a .csv file, or another data set");
  const auto change = [&](const char* name, std::vector<std::string>& changes, const char* help) {
    app.add_option(name, changes, help)->allow_extra_args(false);
  };
  change("--swap", control.listed.swap,
         "COLUMN=A:B, such as color=blue:red: listed rows with one value get the other");
  change("--replace", control.listed.replace,
         "COLUMN=VALUE, such as rotation=0: what all listed rows have there");
  app.add_option("--config-from", control.config_from,
                 "Begin with the configuration that a data set carries: alone, it is made again")
      ->excludes(attributes);
  app.add_option("--preset", control.preset,
                 "Begin with one of Synbols' data sets; see --list-presets");
  app.add_flag("--list-presets", control.list_presets, "Print what presets there are and end");
  app.add_option("--table", control.table,
                 "TOML file of tables that tie factors, with their characters, colors and fonts")
      ->excludes("--p")
      ->excludes("--bias");
  app.add_option("--set", control.settings,
                 "FACTOR=DISTRIBUTION, such as rotation='normal(0, 0.3)'; any number of times")
      ->allow_extra_args(false);
  app.add_option_function<std::string>(
         "--shard", [&control](const std::string& text) { control.shard = Shard::parse(text); },
         "Only the rows of part I of K; afgen merge puts the parts together")
      ->type_name("I/K");
  OptionBinder(app).field("layout", control.layout,
                          "A column for each attribute, or what Synbols' load_h5 reads");
  const int read_level = control.gzip_level;  // CLI11 begins a number that a flag sets at 0.
  app.add_flag("--compress{4}", control.gzip_level,
               "Compress with gzip; --compress=9 for another level than 4")
      ->check(CLI::Range(1, 9));
  control.gzip_level = read_level;
  for (CLI::Option* option : app.get_options()) {
    const bool of_rows = describes_rows(option->get_lnames());
    if (of_rows) attributes->excludes(option);
  }
}

void read_preset(int argc, const char* const* argv, synth::DatasetConfig& config) {
  const auto name = value_of("--preset", argc, argv);
  if (!name) return;
  const synth::Preset& preset = synth::find_preset(*name);
  read_toml(parse_toml(preset.toml, fmt::format("preset {}", preset.name)), config);
}

void read_config_from(int argc, const char* const* argv, synth::DatasetConfig& config,
                      GenerateControl& control) {
  const auto file = value_of("--config-from", argc, argv);
  if (!file) return;
  if (value_of("--preset", argc, argv)) {
    throw ConfigError("--config-from and --preset both say what to begin with; expected one");
  }
  check_survivable(*file);
  const DatasetReader from(*file);
  const TomlDocument document =
      parse_toml(from.text_attribute("configuration"), "configuration of " + *file);
  if (from.attributes().contains(synth::kLayoutAttribute)) {
    control.layout = from_text<synth::Layout>(from.text_attribute(synth::kLayoutAttribute))
                         .value_or(control.layout);
  }
  control.gzip_level = gzip_level_of(from.attributes());
  if (!document.table.contains("attributes")) return read_toml(document, config);
  synth::ListedConfig& listed = control.listed;
  read_toml(document, listed);
  config.seed = listed.seed;
  config.images = listed.images;
  config.font_dir = listed.font_dir;
}

void check_options(const CLI::App& app, const GenerateControl& control) {
  const synth::ListedConfig& listed = control.listed;
  if (listed.attributes.empty() && !(listed.swap.empty() && listed.replace.empty())) {
    throw ConfigError("--swap and --replace change listed rows; expected --attributes FILE");
  }
  if (control.config_from.empty() || listed.attributes.empty()) return;
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0 || !describes_rows(option->get_lnames())) continue;
    throw ConfigError(fmt::format("{} says how to draw rows, but those of {} were listed",
                                  option->get_name(), control.config_from));
  }
}

void apply_settings(const GenerateControl& control, synth::DatasetConfig& config) {
  if (!control.table.empty()) {
    const TomlDocument document = parse_toml_file(control.table);
    synth::BiasTables tables;
    read_table(document.table, document.source, tables);
    if (tables.empty()) throw ConfigError(fmt::format("{} holds no table", control.table));
    config.take_table(tables);
  }
  for (const std::string& setting : control.settings) synth::apply_setting(setting, config);
}

/// What `--force` does not mean: to write over what is being read, or one output over another.
void check_outputs(const fs::path& path, const GenerateControl& control, const CommonFlags& flags) {
  std::set<fs::path> outputs;
  for (const fs::path& output : {path, fs::path(control.preview), fs::path(control.bias_picture)}) {
    if (output.empty()) continue;
    std::error_code error;
    for (const fs::path input :
         {control.listed.attributes, control.table, flags.config_file, control.config_from}) {
      if (!fs::equivalent(output, input, error)) continue;
      throw ConfigError(
          fmt::format("the output {} is an input; expected another name", output.string()));
    }
    if (outputs.insert(fs::weakly_canonical(output, error)).second) continue;
    throw ConfigError(
        fmt::format("two outputs are named {}; expected different names", output.string()));
  }
}

int run_generate(const synth::DatasetConfig& config, const GenerateControl& control,
                 const CommonFlags& flags) {
  if (control.list_presets) return print_presets(flags.json);
  if (!control.listed.attributes.empty() && !flags.config_file.empty()) {
    throw ConfigError(fmt::format(
        "--config describes rows to draw, but --attributes lists them; expected one of the two "
        "({} and {})",
        flags.config_file, control.listed.attributes));
  }
  if (!control.preview.empty() && control.layout != synth::Layout::kColumns) {
    throw ConfigError("--preview shows the columns of a data set; expected it without --layout");
  }
  if (!control.listed.attributes.empty()) check_survivable(control.listed.attributes);
  const fs::path path = output_path(config, control);
  check_outputs(path, control, flags);
  const int threads = resolve_threads(control.threads);
  const synth::RowSource source = row_source(config, control);
  synth::WriteOptions options{.threads = threads,
                              .overwrite = control.force,
                              .gzip_level = control.gzip_level,
                              .layout = control.layout,
                              .shard = control.shard};
  const std::uint64_t rows = synth::rows_to_write(source, options);
  check_writable(path, control.force);
  for (const std::string& picture : {control.preview, control.bias_picture}) {
    if (!picture.empty()) synth::check_picture_output(picture, control.force);
  }
  Progress progress("rendering", rows, "images", flags.quiet);
  options.progress = &progress;
  synth::write_dataset(source, path, options);
  progress.finish();
  if (!control.preview.empty()) {
    synth::write_contact_sheet(DatasetReader(path), control.preview, control.force);
  }
  if (!control.bias_picture.empty()) write_bias_picture(path, control);
  print_result(path, rows, control, flags.json);
  return 0;
}

}  // namespace af::apps
