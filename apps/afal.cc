#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "al/experiment/experiment.h"
#include "apps/afal_report.h"
#include "apps/options.h"
#include "apps/program.h"
#include "core/errors.h"

int main(int argc, char** argv) {
  return af::apps::guarded("afal", [&] {
    CLI::App cli{"Compare acquisition heuristics: train, test, choose what to label, repeat.",
                 "afal"};
    af::al::ExperimentConfig config;
    af::al::RunControl control;
    af::apps::CommonFlags flags;
    af::apps::bind_config(cli, config);
    af::apps::bind_common(cli, flags);
    std::string output;
    int jobs = 0;
    cli.add_option("-o,--output", output, "run folder; by default a telling name under runs/");
    cli.add_option("--jobs", jobs,
                   "experiments side by side; 0: one for each hardware thread, or one on CUDA");
    cli.add_option("--reach", control.reach, "accuracies whose cost in labels is reported")
        ->delimiter(',')
        ->capture_default_str();
    cli.add_flag("--force", control.force, "discard a run that is in the run folder");
    if (const auto exit_code = af::apps::parse(cli, argc, argv, config, flags)) return *exit_code;
    config.validate();
    // No bound on memory is kept: training needs more, and a table of pictures is no HDF5 file.
    for (const std::string& file : {config.train, config.test}) af::apps::read_in_child(file);
    control.jobs = jobs;
    control.quiet = flags.quiet;
    control.output =
        output.empty() ? af::al::default_output(config) : std::filesystem::path(output);
    const af::al::ExperimentOutcome outcome = af::al::run_experiment(config, control);
    if (!flags.quiet) af::apps::print_seconds(outcome);
    if (flags.json) {
      af::apps::print_json(outcome, control.output);
    } else {
      af::apps::print_table(outcome, control.output);
    }
    return 0;
  });
}
