#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "al/metrics/test_metrics.h"

namespace af::al {

/// What a line of metrics.csv is about.
struct MetricsKey {
  std::string method;
  std::string heuristic;
  std::int64_t seed = 0;
  std::int64_t step = 0;
  std::int64_t labelled = 0;
};

/// Seconds of wall time in one step.
struct StageSeconds {
  double train = 0;
  double score = 0;   ///< Predicting for the heuristic, mostly on the candidates; 0 at the last.
  double choose = 0;  ///< The heuristic's own work on these predictions; 0 at the last step.
  double test = 0;

  StageSeconds& operator+=(const StageSeconds& other);
};

/// `method,heuristic,seed,step,labelled`, the metrics of test_metrics.h,
/// `train_seconds,score_seconds,choose_seconds,test_seconds`; an undefined value is an empty field.
[[nodiscard]] std::string metrics_header(const Factor& target, const Factor& group);
[[nodiscard]] std::string metrics_line(const MetricsKey& key,
                                       const std::vector<NamedMetric>& metrics,
                                       const StageSeconds& seconds);

/// What a line of metrics_line says of its seconds. @throws InputError if it does not end so.
[[nodiscard]] StageSeconds seconds_of(const std::string& line);

/// The lines of one heuristic and seed on disk, without the header; none if there is no file.
/// @param first  What the first line is about; the step counts up from there.
/// @throws InputError if the file is not one of this experiment.
[[nodiscard]] std::vector<std::string> read_metrics(const std::filesystem::path& path,
                                                    const std::string& header, MetricsKey first);

/// All lines of a run in the order of its parts, whatever order they come in. Thread-safe.
class RunMetrics {
 public:
  RunMetrics(std::filesystem::path path, std::string header, std::size_t parts);

  /// Gives a part its lines without writing.
  void load(std::size_t part, std::vector<std::string> lines);
  /// Adds a line to a part and writes the file anew. @throws OutputError
  void add(std::size_t part, const std::string& line);
  /// Writes the file if it is missing or says something else.
  void write_if_stale();
  [[nodiscard]] const std::string& header() const noexcept { return header_; }
  [[nodiscard]] std::vector<std::string> lines(std::size_t part);

 private:
  [[nodiscard]] std::string text() const;

  std::filesystem::path path_;
  std::string header_;
  std::vector<std::vector<std::string>> parts_;
  std::mutex mutex_;
};

}  // namespace af::al
