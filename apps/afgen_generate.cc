#include "apps/afgen_generate.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/atomic_file.h"
#include "core/dataset_reader.h"
#include "core/parallel.h"
#include "core/progress.h"
#include "synth/attribute_rows.h"
#include "synth/contact_sheet.h"
#include "synth/generate.h"

namespace af::apps {
namespace {

namespace fs = std::filesystem;

fs::path output_path(const synth::DatasetConfig& config, const GenerateControl& control) {
  if (!control.output.empty()) return control.output;
  if (!control.attributes.empty()) return fs::path(control.attributes).stem().string() + ".h5";
  return fmt::format("af_p{}_n{}_s{}.h5", config.p, config.n, config.seed);
}

synth::RowSource row_source(const synth::DatasetConfig& config, const GenerateControl& control) {
  config.validate();
  return control.attributes.empty()
             ? synth::sampled_rows(config)
             : synth::listed_rows(control.attributes, config.seed,
                                  config.font_dir.value_or(std::vector<std::string>{}));
}

void print_result(const fs::path& path, const synth::RowSource& source,
                  const GenerateControl& control, bool json) {
  if (!json) {
    fmt::print("{}\n", path.string());
    return;
  }
  nlohmann::ordered_json result{{"path", path.string()}, {"rows", source.rows}};
  if (!control.preview.empty()) result["preview"] = control.preview;
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
  CLI::Option* attributes =
      app.add_option("--attributes", control.attributes, "JSON lines: render exactly these rows");
  for (const char* name : {"--p", "--n", "--chars", "--colors", "--draws", "--size", "--noise",
                           "--occlusions", "--occlusion-scale", "--fonts"}) {
    attributes->excludes(name);
  }
}

void run_generate(const synth::DatasetConfig& config, const GenerateControl& control,
                  const CommonFlags& flags) {
  const fs::path path = output_path(config, control);
  const int threads = resolve_threads(control.threads);
  const synth::RowSource source = row_source(config, control);
  check_writable(path, control.force);
  if (!control.preview.empty()) check_writable(control.preview, control.force);
  Progress progress("rendering", source.rows, "images", flags.quiet);
  synth::write_dataset(source, path,
                       {.threads = threads, .overwrite = control.force, .progress = &progress});
  progress.finish();
  if (!control.preview.empty()) {
    synth::write_contact_sheet(DatasetReader(path), control.preview, control.force);
  }
  print_result(path, source, control, flags.json);
}

}  // namespace af::apps
