#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace af {

/// Progress on stderr: a bar that rewrites its line on a terminal, otherwise a plain line at most
/// every ten seconds; nothing if quiet. Thread-safe.
class Progress {
 public:
  /// @param unit  What is counted, in the plural: "images".
  Progress(std::string label, std::uint64_t total, std::string unit, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t count = 1);
  /// Prints the closing line with the rate. Called by nobody twice.
  void finish();

 private:
  void show(bool last);

  std::string label_;
  std::string unit_;
  std::uint64_t total_;
  bool quiet_;
  bool terminal_;
  std::uint64_t done_ = 0;
  bool shown_ = false;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point last_;
  std::mutex mutex_;
};

}  // namespace af
