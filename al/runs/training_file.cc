#include "al/runs/training_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "al/runs/csv_records.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al {
namespace {

/// The number before the first comma; -1 if there is none.
std::int64_t step_of(const std::string& line) {
  std::int64_t step = -1;
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, step);
  return error == std::errc{} && stop != end && *stop == ',' ? step : -1;
}

}  // namespace

std::string training_line(std::int64_t step, std::int64_t batch_size, std::int64_t rows_per_epoch) {
  return fmt::format("{},{},{}", step, batch_size, rows_per_epoch);
}

std::string kept_header(const ImageTable& train) {
  return fmt::format("step,row,{},{}", csv_field(train.target.name), csv_field(train.group.name));
}

std::vector<std::string> kept_lines(std::int64_t step, std::span<const std::int64_t> rows,
                                    const ImageTable& train) {
  std::vector<std::string> lines;
  for (const std::int64_t row : rows) {
    lines.push_back(fmt::format("{},{},{},{}", step, row, csv_field(train.target.value_of(row)),
                                csv_field(train.group.value_of(row))));
  }
  return lines;
}

std::vector<std::string> read_step_lines(const std::filesystem::path& path,
                                         const std::string& header, std::int64_t steps) {
  if (steps == 0) return {};
  std::vector<std::string> lines;
  std::int64_t last = -1;
  for (const auto& [line, text] : read_records(path, header)) {
    const std::int64_t step = step_of(text);
    if (step < std::max<std::int64_t>(last, 0) || step > last + 1) {
      throw InputError(fmt::format("{}: line {} is damaged, expected one of step {}", path.string(),
                                   line, last + 1));
    }
    if (step >= steps) break;
    last = step;
    lines.push_back(text);
  }
  if (last + 1 < steps) {
    throw InputError(
        fmt::format("{} ends before step {}, which metrics.csv has", path.string(), last + 1));
  }
  return lines;
}

}  // namespace af::al
