#include <CLI/CLI.hpp>

#include "al/measure/measure.h"
#include "apps/program.h"
#include "bench/figures.h"

int main(int argc, char** argv) {
  return af::apps::guarded("bench_step", [&] {
    af::bench::take_options(argc, argv);
    CLI::App cli{"Time one active-learning step with the small network.", "bench_step"};
    af::al::StepSize size;
    bool json = false;
    cli.add_option("--labels", size.labels, "rows trained on")->check(CLI::PositiveNumber);
    cli.add_option("--pool", size.pool, "rows in the pool")->check(CLI::PositiveNumber);
    cli.add_option("--test", size.test, "rows tested")->check(CLI::PositiveNumber);
    cli.add_option("--draws", size.draws, "stochastic passes")->check(CLI::Range(1, 4095));
    cli.add_option("--threads", size.threads, "threads")->check(CLI::Range(1, 1024));
    cli.add_option("--device", size.device, "auto, cpu, cuda or cuda:N");
    cli.add_flag("--json", json, "one JSON object");
    CLI11_PARSE(cli, argc, argv);
    const auto measure = [&size] {
      const af::al::StageSeconds seconds = af::al::measure_step(size);
      return af::bench::Figures{{"train_seconds", seconds.train},
                                {"score_seconds", seconds.score},
                                {"test_seconds", seconds.test},
                                {"total_seconds", seconds.train + seconds.score + seconds.test}};
    };
    af::bench::run({.name = "step",
                    .seconds = "total_seconds",
                    .measure = measure,
                    .settings = {{"labels", size.labels},
                                 {"pool", size.pool},
                                 {"test", size.test},
                                 {"draws", size.draws},
                                 {"threads", size.threads}}},
                   json);
    return 0;
  });
}
