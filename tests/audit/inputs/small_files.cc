#include "tests/audit/inputs/small_files.h"

#include <fmt/format.h>

#include <array>

#include "core/dataset_writer.h"
#include "core/sha256.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

constexpr std::uint64_t kFirst[] = {0, 40, 50, 60};  // First row of a cell in the run's pool.

/// "step,row,score,char,color" lines of `count` rows of one cell from its `from`-th on.
std::string labelled_lines(int step, std::size_t cell, std::uint64_t from, std::uint64_t count) {
  constexpr std::array kCells{"a,blue", "a,red", "d,blue", "d,red"};
  std::string lines;
  for (std::uint64_t i = 0; i < count; ++i) {
    lines += fmt::format("{},{},{},{}\n", step, kFirst[cell] + from + i, step == 0 ? "" : "0.5",
                         kCells[cell]);
  }
  return lines;
}

std::string labelled(std::size_t chosen_cell, std::uint64_t seed) {
  std::string text = "step,row,score,char,color\n";
  text += labelled_lines(0, 0, seed, 4) + labelled_lines(0, 1, 0, 1);
  text += labelled_lines(0, 2, 0, 1) + labelled_lines(0, 3, seed, 4);
  const std::uint64_t used = chosen_cell == 0 ? seed + 4 : 1;
  return text + labelled_lines(1, chosen_cell, used, 4) +
         labelled_lines(2, chosen_cell, used + 4, 4);
}

std::string predictions(bool good) {
  std::string text = "row,label,prediction,color,probability_a,probability_d\n";
  for (int row = 0; row < 40; ++row) {
    const char* label = row % 2 == 0 ? "a" : "d";
    const char* color = row % 4 < 2 ? "blue" : "red";
    const bool wrong = row < (good ? 4 : 12) && row % 4 == 2;
    text += fmt::format("{},{},{},{},0.5,0.5\n", row, label, wrong ? "d" : label, color);
  }
  return text;
}

std::string metrics_lines(const std::string& heuristic, std::uint64_t seed) {
  std::string lines;
  for (int step = 0; step < 3; ++step) {
    const double accuracy = 0.6 + 0.1 * step + 0.02 * static_cast<double>(seed);
    lines += fmt::format("erm,{},{},{},{},{},{},{},{},1.5\n", heuristic, seed, step, 10 + 4 * step,
                         accuracy, 1 - accuracy, accuracy - 0.2,
                         heuristic == "random" && step == 0 ? "" : "0.25");
  }
  return lines;
}

}  // namespace

void write_dataset(const std::filesystem::path& path, const std::vector<std::uint64_t>& counts) {
  const std::vector<Column> columns{
      {.name = "char", .type = ElementType::kEnum, .item_shape = {}, .vocabulary = {"a", "d"}},
      {.name = "color",
       .type = ElementType::kEnum,
       .item_shape = {},
       .vocabulary = {"blue", "red", "green"}},
      {.name = "index", .type = ElementType::kInt64, .item_shape = {}, .vocabulary = {}}};
  std::uint64_t rows = 0;
  for (const std::uint64_t count : counts) rows += count;
  RowBlock block(columns, rows);
  std::size_t row = 0;
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    for (std::uint64_t i = 0; i < counts[cell]; ++i, ++row) {
      block.item<std::uint16_t>(0, row)[0] = static_cast<std::uint16_t>(cell / 2);
      block.item<std::uint16_t>(1, row)[0] = static_cast<std::uint16_t>(cell % 2);
      block.item<std::int64_t>(2, row)[0] = static_cast<std::int64_t>(row);
    }
  }
  block.set_rows(rows);
  DatasetWriter writer(path, columns, rows, {}, {.overwrite = true});
  writer.append(block);
  writer.close();
}

void write_run(const std::filesystem::path& folder, std::uint64_t seeds) {
  const std::filesystem::path train = folder.parent_path() / "train.h5";
  write_dataset(train, {40, 10, 10, 40});
  std::string metrics =
      "method,heuristic,seed,step,labelled,accuracy,nll,worst_group_accuracy,group_gap,"
      "train_seconds\n";
  for (const std::string heuristic : {"bald", "random"}) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      const auto seed_folder = folder / heuristic / fmt::format("seed-{}", seed);
      std::filesystem::create_directories(seed_folder);
      write_bytes(seed_folder / "labelled.csv", labelled(heuristic == "bald" ? 1 : 0, seed));
      write_bytes(seed_folder / "predictions.csv", predictions(heuristic == "bald"));
      metrics += metrics_lines(heuristic, seed);
    }
  }
  write_bytes(folder / "metrics.csv", metrics);
  write_bytes(folder / "config.toml",
              fmt::format("train = '{}'\ntarget = 'char'\ngroup = 'color'\n\n[run]\n"
                          "train_sha256 = '{}'\n",
                          train.string(), sha256_of_file(train)));
}

}  // namespace af::test
