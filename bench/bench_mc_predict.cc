#include <CLI/CLI.hpp>

#include "al/measure/measure.h"
#include "apps/program.h"
#include "bench/figures.h"

int main(int argc, char** argv) {
  return af::apps::guarded("bench_mc_predict", [&] {
    af::bench::take_options(argc, argv);
    CLI::App cli{"Time MC-Dropout prediction on random images and weights.", "bench_mc_predict"};
    af::al::McSize size;
    std::string precision = "fp32";
    bool json = false;
    cli.add_option("--model", size.model, "network")
        ->check(CLI::IsMember({"resnet18", "small", "vgg16"}));
    cli.add_option("--n", size.images, "images")->check(CLI::PositiveNumber);
    cli.add_option("--t", size.draws, "stochastic passes")->check(CLI::Range(1, 4095));
    cli.add_option("--threads", size.threads, "threads")->check(CLI::Range(1, 1024));
    cli.add_option("--device", size.device, "auto, cpu, cuda or cuda:N");
    cli.add_option("--precision", precision, "of convolutions and products")
        ->check(CLI::IsMember({"fp32", "bf16"}));
    cli.add_flag("--json", json, "one JSON object");
    CLI11_PARSE(cli, argc, argv);
    size.precision = *af::from_text<af::al::Precision>(precision);
    const auto measure = [&size] {
      const af::al::McSeconds stages = af::al::measure_mc_prediction(size);
      const double seconds = stages.features + stages.draws;
      return af::bench::Figures{{"seconds", seconds},
                                {"seconds_per_image", seconds / static_cast<double>(size.images)},
                                {"features_seconds", stages.features},
                                {"draws_seconds", stages.draws},
                                {"prepare_seconds", stages.prepare}};
    };
    af::bench::run({.name = "mc_predict/" + size.model + "/" + precision,
                    .seconds = "seconds",
                    .measure = measure,
                    .settings = {{"model", size.model},
                                 {"n", size.images},
                                 {"t", size.draws},
                                 {"threads", size.threads},
                                 {"precision", precision}}},
                   json);
    return 0;
  });
}
