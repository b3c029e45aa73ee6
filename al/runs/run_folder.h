#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "al/config/experiment_config.h"

namespace af::al {

/// What a run depends on beside its configuration; the table `[run]` of config.toml.
struct Provenance {
  std::string train_sha256;
  std::string test_sha256;
  /// Of the file of weights that all seeds start from, if there is one.
  struct Weights {
    std::string sha256;
    bool last_layer = false;  ///< Whether it gives the last layer, too.
  };
  std::optional<Weights> weights;
};

/// Text of config.toml: the resolved configuration, then the table `[run]` with what training
/// reads of the group attribute, the data files' SHA-256, that of the weights and whether the last
/// layer is theirs, and the versions of program, revision and LibTorch.
[[nodiscard]] std::string config_text(const ExperimentConfig& config, const Provenance& provenance);

/// A run folder, held by one process at a time.
///
///   config.toml                       written first; says which run this is
///   pool.csv                          how many rows of the pool each class and group has
///   metrics.csv                       all seeds' metrics, made anew after every step
///   HEURISTIC/seed-K/labelled.csv     written before metrics.csv beside it, so that a step counts
///   HEURISTIC/seed-K/metrics.csv      as done only when everything it made is on the disk
///   HEURISTIC/seed-K/training.csv     so, too, and with some methods kept.csv
///   HEURISTIC/seed-K/predictions.csv
class RunFolder {
 public:
  /// Makes the folder, or takes up the run in it if its config.toml says the same but for the
  /// data files' paths (their SHA-256 say what they are). More seeds than it has are added to it.
  /// @param force  Discard a run that is there.
  /// @throws OutputError if the folder holds another run or something else, is held by another
  ///         process, or cannot be written.
  RunFolder(const std::filesystem::path& path, const std::string& config, bool force);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// HEURISTIC/seed-K, made if need be. @throws OutputError
  [[nodiscard]] std::filesystem::path seed_folder(const std::string& heuristic,
                                                  std::int64_t seed) const;

 private:
  void lock();
  void take_up(const std::string& config, bool force) const;

  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace af::al
