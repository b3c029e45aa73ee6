#pragma once

#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

/// A benchmark that measures itself: stages of one piece of work, each with its own clock.
namespace af::bench {

/// Seconds and rates by name, as the interface of the programs fixes the names.
using Figures = std::map<std::string, double>;

/// Takes Google Benchmark's own options (`--benchmark_repetitions`, `--benchmark_format=json`, ...)
/// out of the command line. Call it before the rest is parsed. @throws ConfigError
void take_options(int& argc, char** argv);

struct Measurement {
  std::string name;
  std::string seconds;               ///< Which of the figures is the time of one iteration.
  std::function<Figures()> measure;  ///< One iteration.
  nlohmann::ordered_json settings;   ///< What was measured, for the JSON object.
};

/// Runs it as a benchmark of one iteration a repetition, the figures as counters. With `json` it
/// prints one object instead: the settings and each figure's median over the repetitions.
void run(const Measurement& measurement, bool json);

}  // namespace af::bench
