#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "audit/inputs/dataset_counts.h"
#include "audit/inputs/table_counts.h"
#include "audit/metrics/predictions.h"
#include "core/dataset_writer.h"
#include "core/random.h"

/// Counting and metrics. Rows a second are `items_per_second` in the JSON output.
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRows = 1'000'000;

/// Label, prediction and one of four groups, in the layout of fairlearn's peer measurement.
fs::path csv_file() {
  const fs::path path = fs::temp_directory_path() / "bench_audit.csv";
  std::ofstream file(path);
  file << "label,prediction,group\n";
  constexpr std::array kGroups{"white", "black", "asian", "other"};
  af::Stream stream(1, af::Purpose::kTest, 0);
  for (std::uint64_t row = 0; row < kRows; ++row) {
    const std::uint32_t label = stream.below(2);
    const std::uint32_t prediction = stream.below(5) == 0 ? 1 - label : label;
    file << label << ',' << prediction << ',' << kGroups[stream.below(4)] << '\n';
  }
  return path;
}

fs::path hdf5_file() {
  const std::vector<af::Column> columns{
      {.name = "char", .type = af::ElementType::kEnum, .item_shape = {}, .vocabulary = {"a", "d"}},
      {.name = "color",
       .type = af::ElementType::kEnum,
       .item_shape = {},
       .vocabulary = {"blue", "red"}}};
  const fs::path path = fs::temp_directory_path() / "bench_audit.h5";
  af::RowBlock block(columns, kRows);
  af::Stream stream(2, af::Purpose::kTest, 0);
  for (std::uint64_t row = 0; row < kRows; ++row) {
    for (const std::size_t column : {std::size_t{0}, std::size_t{1}}) {
      block.item<std::uint16_t>(column, row)[0] = static_cast<std::uint16_t>(stream.below(2));
    }
  }
  block.set_rows(kRows);
  af::DatasetWriter writer(path, columns, kRows, {}, {.overwrite = true});
  writer.append(block);
  writer.close();
  return path;
}

void set_rows(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
}

/// All that afaudit does with a table of predictions but for printing.
void audit_csv(benchmark::State& state) {
  const fs::path path = csv_file();
  for (auto _ : state) {
    const auto table = af::audit::count_table(path, {"group", "label", "prediction"});
    benchmark::DoNotOptimize(af::audit::audit_predictions(table, {}));
  }
  set_rows(state);
  fs::remove(path);
}
BENCHMARK(audit_csv)->Unit(benchmark::kMillisecond)->UseRealTime();

void count_hdf5(benchmark::State& state) {
  const fs::path path = hdf5_file();
  for (auto _ : state) {
    const af::DatasetReader reader(path);
    benchmark::DoNotOptimize(af::audit::count_dataset(reader, {"char", "color"}));
  }
  set_rows(state);
  fs::remove(path);
}
BENCHMARK(count_hdf5)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Every metric, disparity and interval from the counts of `range(0)` groups.
void metrics_of_counts(benchmark::State& state) {
  std::vector<std::string> groups;
  for (std::int64_t g = 0; g < state.range(0); ++g) groups.push_back(fmt::format("g{}", g));
  af::audit::ContingencyTable table({{.name = "group", .values = groups},
                                     {.name = "label", .values = {"0", "1"}},
                                     {.name = "prediction", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < table.cells(); ++cell) table.add(cell, 10 + cell * 7 % 13);
  for (auto _ : state) benchmark::DoNotOptimize(af::audit::audit_predictions(table, {}));
}
BENCHMARK(metrics_of_counts)->Arg(2)->Arg(16)->Arg(128)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
