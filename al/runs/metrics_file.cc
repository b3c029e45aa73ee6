#include "al/runs/metrics_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string_view>

#include "al/runs/csv_records.h"
#include "core/atomic_file.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al {
namespace {

std::string key_text(const MetricsKey& key) {
  return fmt::format("{},{},{},{},", key.method, key.heuristic, key.seed, key.step);
}

/// Whether a line begins with the key and goes on with numbers and empty fields.
bool is_line(std::string_view line, const std::string& key, std::size_t columns) {
  if (!line.starts_with(key) || field_count(line) != columns) return false;
  line.remove_prefix(key.size());
  while (true) {
    const std::string_view field = line.substr(0, line.find(','));
    double number = 0;
    const char* const end = field.data() + field.size();
    const auto [stop, error] = std::from_chars(field.data(), end, number);
    if (!field.empty() && (error != std::errc{} || stop != end)) return false;
    if (field.size() == line.size()) return true;
    line.remove_prefix(field.size() + 1);
  }
}

}  // namespace

std::string metrics_header(const Factor& target, const Factor& group) {
  std::string header = "method,heuristic,seed,step,labelled";
  for (const std::string& name : test_metric_names(target, group))
    header += fmt::format(",{}", csv_field(name));
  return header + ",train_seconds,score_seconds,choose_seconds,test_seconds";
}

std::string metrics_line(const MetricsKey& key, const std::vector<NamedMetric>& metrics,
                         const StageSeconds& seconds) {
  std::string line = key_text(key) + std::to_string(key.labelled);
  for (const auto& [name, value] : metrics) {
    line += value ? fmt::format(",{}", *value) : std::string(",");
  }
  return fmt::format("{},{:.3f},{:.3f},{:.3f},{:.3f}", line, seconds.train, seconds.score,
                     seconds.choose, seconds.test);
}

StageSeconds& StageSeconds::operator+=(const StageSeconds& other) {
  train += other.train;
  score += other.score;
  choose += other.choose;
  test += other.test;
  return *this;
}

StageSeconds seconds_of(const std::string& line) {
  StageSeconds seconds;
  std::size_t end = line.size();
  for (double* const value : {&seconds.test, &seconds.choose, &seconds.score, &seconds.train}) {
    const std::size_t comma = line.rfind(',', end - 1);
    const char* const last = line.data() + end;
    const auto [stop, error] =
        std::from_chars(line.data() + (comma == std::string::npos ? end : comma + 1), last, *value);
    if (error != std::errc{} || stop != last) {
      throw InputError("metrics line does not end in four numbers of seconds: " + line);
    }
    end = comma;
  }
  return seconds;
}

std::vector<std::string> read_metrics(const std::filesystem::path& path, const std::string& header,
                                      MetricsKey first) {
  if (!std::filesystem::exists(path)) return {};
  std::vector<std::string> lines;
  const std::size_t columns = field_count(header);
  for (const auto& [line, text] : read_records(path, header)) {
    if (!is_line(text, key_text(first), columns)) {
      throw InputError(fmt::format("{}: line {} is damaged, expected step {} of {}, seed {}",
                                   path.string(), line, first.step, first.heuristic, first.seed));
    }
    lines.push_back(text);
    ++first.step;
  }
  return lines;
}

RunMetrics::RunMetrics(std::filesystem::path path, std::string header, std::size_t parts)
    : path_(std::move(path)), header_(std::move(header)), parts_(parts) {}

void RunMetrics::load(std::size_t part, std::vector<std::string> lines) {
  const std::scoped_lock lock(mutex_);
  parts_.at(part) = std::move(lines);
}

void RunMetrics::add(std::size_t part, const std::string& line) {
  const std::scoped_lock lock(mutex_);
  parts_.at(part).push_back(line);
  write_file(path_, text(), true);
}

void RunMetrics::write_if_stale() {
  const std::scoped_lock lock(mutex_);
  const std::string wanted = text();
  std::ifstream file(path_, std::ios::binary);
  if (std::string(std::istreambuf_iterator<char>(file), {}) == wanted) return;
  write_file(path_, wanted, true);
}

std::vector<std::string> RunMetrics::lines(std::size_t part) {
  const std::scoped_lock lock(mutex_);
  return parts_.at(part);
}

std::string RunMetrics::text() const {
  std::vector<std::string> all;
  for (const auto& lines : parts_) all.insert(all.end(), lines.begin(), lines.end());
  return csv_text(header_, all);
}

}  // namespace af::al
