#include <benchmark/benchmark.h>

#include <cstdint>

#include "al/measure/measure_acquisition.h"

namespace {

/// BALD over 1,000,000 x 20 x 2 probabilities, and one memcpy of them beside it: `memcpy_ratio` is
/// the ratio of the two within the same iterations.
void bald(benchmark::State& state) {
  const af::al::BaldTimer timer(1'000'000, 20, 2, static_cast<int>(state.range(0)));
  double scoring = 0;
  double copying = 0;
  for ([[maybe_unused]] auto _ : state) {
    copying += timer.copy_seconds();
    const double seconds = timer.score_seconds();
    scoring += seconds;
    state.SetIterationTime(seconds);
  }
  state.counters["memcpy_ratio"] = scoring / copying;
  state.SetItemsProcessed(state.iterations() * 1'000'000);
}
BENCHMARK(bald)->ArgName("threads")->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);

/// 100 of 50,000 rows with T = 20 and two classes, within 32 MB of scratch memory.
void batch_bald(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    state.SetIterationTime(
        af::al::batch_bald_seconds({.rows = 50'000, .query = 100, .threads = 2}));
  }
}
BENCHMARK(batch_bald)->UseManualTime()->Iterations(1)->Unit(benchmark::kSecond);

/// 1,000 of 50,000 rows with 512 features.
void core_set(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    state.SetIterationTime(
        af::al::core_set_seconds({.rows = 50'000, .query = 1'000, .threads = 2}));
  }
}
BENCHMARK(core_set)->UseManualTime()->Iterations(1)->Unit(benchmark::kSecond);

/// 100 of 50,000 rows with 512 features and ten classes.
void badge(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    state.SetIterationTime(af::al::badge_seconds({.rows = 50'000, .query = 100, .threads = 2}));
  }
}
BENCHMARK(badge)->UseManualTime()->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace

BENCHMARK_MAIN();
