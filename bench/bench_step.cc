#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "al/measure.h"
#include "apps/program.h"

int main(int argc, char** argv) {
  return af::apps::guarded("bench_step", [&] {
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
    const af::al::StageSeconds seconds = af::al::measure_step(size);
    const double total = seconds.train + seconds.score + seconds.test;
    fmt::print(
        fmt::runtime(json ? R"({{"train_seconds": {:.4f}, "score_seconds": {:.4f}, )"
                            R"("test_seconds": {:.4f}, "total_seconds": {:.4f}}})"
                            "\n"
                          : "train {:.3f} s, score {:.3f} s, test {:.3f} s, total {:.3f} s\n"),
        seconds.train, seconds.score, seconds.test, total);
    return 0;
  });
}
