#include "bench/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/errors.h"

namespace af::bench {
namespace {

/// Keeps what each repetition measured and prints nothing.
class Collector : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      for (const auto& [name, counter] : run.counters) values_[name].push_back(counter.value);
    }
  }
  [[nodiscard]] const std::map<std::string, std::vector<double>>& values() const { return values_; }

 private:
  std::map<std::string, std::vector<double>> values_;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return 0.5 * (values[(values.size() - 1) / 2] + values[values.size() / 2]);
}

}  // namespace

void take_options(int& argc, char** argv) {
  // Google Benchmark would also answer --help, with its own options alone.
  const auto is_ours = [](const char* word) {
    return !std::string_view(word).starts_with("--benchmark_");
  };
  char** const first_of_its = std::stable_partition(argv + 1, argv + argc, is_ours);
  std::vector<char*> its{argv[0]};
  its.insert(its.end(), first_of_its, argv + argc);
  argc = static_cast<int>(first_of_its - argv);
  auto count = static_cast<int>(its.size());
  benchmark::Initialize(&count, its.data());
  if (benchmark::ReportUnrecognizedArguments(count, its.data())) {
    throw ConfigError("Google Benchmark does not know one of its options");
  }
}

void run(const Measurement& measurement, bool json) {
  const auto body = [&measurement](benchmark::State& state) {
    for (auto _ : state) {
      const Figures figures = measurement.measure();
      state.SetIterationTime(figures.at(measurement.seconds));
      for (const auto& [name, value] : figures) state.counters[name] = value;
    }
  };
  benchmark::RegisterBenchmark(measurement.name.c_str(), body)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  if (!json) {
    benchmark::RunSpecifiedBenchmarks();
    return;
  }
  Collector collector;
  benchmark::RunSpecifiedBenchmarks(&collector);
  nlohmann::ordered_json result = measurement.settings;
  for (const auto& [name, values] : collector.values()) result[name] = median(values);
  fmt::print("{}\n", result.dump());
}

}  // namespace af::bench
