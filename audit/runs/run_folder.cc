#include "audit/runs/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "audit/inputs/csv_stream.h"
#include "audit/inputs/csv_table.h"
#include "audit/inputs/dataset_counts.h"
#include "audit/inputs/table_counts.h"
#include "audit/runs/run_metrics.h"
#include "core/config_toml.h"
#include "core/dataset_reader.h"
#include "core/errors.h"
#include "core/sha256.h"

namespace af::audit {
namespace {

namespace fs = std::filesystem;

fs::path seed_folder(const fs::path& run, const std::string& heuristic, std::uint64_t seed) {
  return run / heuristic / fmt::format("seed-{}", seed);
}

void check_is_there(const fs::path& file) {
  if (fs::exists(file)) return;
  throw InputError(
      fmt::format("{} is missing; expected the folder of a finished run of afal", file.string()));
}

/// The columns of labelled.csv behind step, row and score.
std::vector<std::string> cell_columns(const fs::path& labelled) {
  std::vector<std::string> columns = CsvStream::header(labelled);
  std::erase_if(columns, [](const std::string& name) {
    return name == "step" || name == "row" || name == "score";
  });
  if (columns.size() >= 2) return columns;
  throw InputError(
      fmt::format("{} has no columns for the target and its groups", labelled.string()));
}

/// Rows by step and cell, summed up over the steps.
std::vector<ContingencyTable> by_step(const ContingencyTable& table, std::size_t steps) {
  std::vector<std::size_t> cell_factors(table.factors().size() - 1);
  std::iota(cell_factors.begin(), cell_factors.end(), std::size_t{1});
  ContingencyTable sum(table.marginal(cell_factors).factors());
  std::vector<ContingencyTable> result;
  const std::vector<std::string>& values = table.factors()[0].values;
  std::size_t next = 0;
  for (std::size_t step = 0; step < steps; ++step) {
    while (next < values.size() && as_number(values[next]) <= static_cast<double>(step)) {
      for (std::size_t cell = 0; cell < sum.cells(); ++cell) {
        sum.add(cell, table.count(next * sum.cells() + cell));
      }
      ++next;
    }
    result.push_back(sum);
  }
  return result;
}

void check_totals(const RunFolder& run, const SeedRecord& seed, const fs::path& file) {
  for (std::size_t step = 0; step < run.steps.size(); ++step) {
    if (seed.labelled[step].total() == run.labelled[step]) continue;
    throw InputError(fmt::format("{} has {} rows up to step {} where metrics.csv says {}",
                                 file.string(), seed.labelled[step].total(), step,
                                 run.labelled[step]));
  }
}

void read_seed(const RunFolder& run, const std::string& heuristic, SeedRecord& seed,
               const std::vector<std::string>& columns) {
  const fs::path folder = seed_folder(run.path, heuristic, seed.seed);
  check_is_there(folder / "labelled.csv");
  check_is_there(folder / "predictions.csv");
  std::vector<std::string> by_cell{"step"};
  by_cell.insert(by_cell.end(), columns.begin(), columns.end());
  seed.labelled = by_step(count_table(folder / "labelled.csv", by_cell), run.steps.size());
  check_totals(run, seed, folder / "labelled.csv");
  std::vector<std::string> outcomes(columns.begin() + 1, columns.end());
  outcomes.insert(outcomes.end(), {"label", "prediction"});
  seed.test = count_table(folder / "predictions.csv", outcomes);
}

void add_values(Factor& factor, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    if (std::ranges::find(factor.values, value) == factor.values.end()) {
      factor.values.push_back(value);
    }
  }
}

/// Values that occur anywhere: a group that no heuristic labelled is still a group.
std::vector<Factor> all_factors(const RunFolder& run, const std::vector<std::string>& columns) {
  std::vector<Factor> factors;
  for (const std::string& name : columns) factors.push_back({.name = name, .values = {}});
  for (const HeuristicRecord& heuristic : run.heuristics) {
    for (const SeedRecord& seed : heuristic.seeds) {
      const std::vector<Factor>& labelled = seed.labelled.back().factors();
      const std::vector<Factor>& test = seed.test.factors();
      for (std::size_t f = 0; f < factors.size(); ++f) {
        add_values(factors[f], labelled[f].values);
        add_values(factors[f], test[f == 0 ? factors.size() - 1 : f - 1].values);
      }
      add_values(factors[0], test.back().values);
    }
  }
  for (Factor& factor : factors) sort_values(factor.values);
  return factors;
}

/// Takes the pool's order of values, and checks every labelled row against it.
void adopt_pool(RunFolder& run) {
  for (std::size_t f = 0; f < run.factors.size(); ++f) {
    Factor merged = run.pool->factors()[f];
    add_values(merged, run.factors[f].values);
    run.factors[f] = std::move(merged);
  }
  run.pool = run.pool->recoded(run.factors);
  for (const HeuristicRecord& heuristic : run.heuristics) {
    for (const SeedRecord& seed : heuristic.seeds) {
      static_cast<void>(read_selection(
          seed_folder(run.path, heuristic.name, seed.seed) / "labelled.csv", run.pool->total()));
    }
  }
}

void recode(RunFolder& run) {
  const std::vector<Factor>& factors = run.factors;
  std::vector<Factor> test(factors.begin() + 1, factors.end());
  test.push_back({.name = "label", .values = factors[0].values});
  test.push_back({.name = "prediction", .values = factors[0].values});
  for (HeuristicRecord& heuristic : run.heuristics) {
    for (SeedRecord& seed : heuristic.seeds) {
      for (ContingencyTable& table : seed.labelled) table = table.recoded(factors);
      seed.test = seed.test.recoded(test);
    }
  }
}

/// A run's configuration is data here, not our own: what is wrong with it is wrong with the input.
toml::table read_config(const fs::path& file) {
  try {
    return parse_toml_file(file).table;
  } catch (const ConfigError& error) {
    throw InputError(error.what());
  }
}

/// Counts that the run carries: a line for each cell, `rows` behind the columns.
ContingencyTable read_pool_counts(const fs::path& file, const std::vector<std::string>& columns) {
  const CsvTable lines(file);
  std::vector<Factor> factors;
  std::vector<std::vector<std::size_t>> codes(lines.rows());
  for (const std::string& name : columns) {
    Factor& factor = factors.emplace_back(Factor{name, {}});
    for (std::size_t row = 0; row < lines.rows(); ++row) {
      const std::string& value = lines.text(lines.column(name), row);
      const auto known = std::ranges::find(factor.values, value);
      codes[row].push_back(static_cast<std::size_t>(known - factor.values.begin()));
      if (known == factor.values.end()) factor.values.push_back(value);
    }
  }
  ContingencyTable table(std::move(factors));
  for (std::size_t row = 0; row < lines.rows(); ++row) {
    table.add(table.cell(codes[row]), lines.whole(lines.column("rows"), row));
  }
  return table;
}

/// The pool's counts as the run carries them; else, of a run by an older afal, those of the
/// training file if it is still where it was and what it was.
void read_pool(RunFolder& run, const toml::table& config, const std::vector<std::string>& columns) {
  if (const fs::path file = run.path / "pool.csv"; fs::exists(file)) {
    run.pool = read_pool_counts(file, columns);
    run.pool_note =
        fmt::format("{}, {} rows", config["train"].value_or(file.string()), run.pool->total());
    return;
  }
  const std::string train = config["train"].value_or(std::string());
  const std::string sha256 = config["run"]["train_sha256"].value_or(std::string());
  if (train.empty() || !fs::is_regular_file(train)) {
    run.pool_note = fmt::format("not read: {} is not there", train.empty() ? "the file" : train);
  } else if (sha256_of_file(train) != sha256) {
    run.pool_note = fmt::format("not read: {} is not the file of the run", train);
  } else {
    run.pool = count_dataset(DatasetReader(train), columns);
    run.pool_note = fmt::format("{}, {} rows", train, run.pool->total());
  }
}

}  // namespace

std::optional<std::size_t> RunFolder::metric(std::string_view name) const {
  const auto found = std::ranges::find(metrics, name);
  if (found == metrics.end()) return std::nullopt;
  return static_cast<std::size_t>(found - metrics.begin());
}

RunFolder read_run_folder(const fs::path& path) {
  RunFolder run{.path = path};
  check_is_there(path / "config.toml");
  check_is_there(path / "metrics.csv");
  const toml::table config = read_config(path / "config.toml");
  read_run_metrics(CsvTable(path / "metrics.csv"), run);
  const HeuristicRecord& first = run.heuristics.front();
  const fs::path labelled =
      seed_folder(path, first.name, first.seeds.front().seed) / "labelled.csv";
  check_is_there(labelled);
  const std::vector<std::string> columns = cell_columns(labelled);
  for (HeuristicRecord& heuristic : run.heuristics) {
    for (SeedRecord& seed : heuristic.seeds) read_seed(run, heuristic.name, seed, columns);
  }
  run.factors = all_factors(run, columns);
  read_pool(run, config, columns);
  if (run.pool) adopt_pool(run);
  recode(run);
  return run;
}

}  // namespace af::audit
