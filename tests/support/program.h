#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace af::test {

/// What a program left when it ended.
struct Outcome {
  int exit_code = -1;  ///< 128 + signal if a signal ended it.
  std::string out;
  std::string err;
  double cpu_seconds = 0.0;      ///< Processor time of all its threads.
  std::uint64_t peak_bytes = 0;  ///< Most memory that it, or a process it waited for, had at once.
};

/// Runs one of the project's programs (argv[0] is its name, "afgen") or anything else by its full
/// path, with standard input empty, and waits for it.
[[nodiscard]] Outcome run_program(const std::vector<std::string>& argv);

/// Like `run_program`, but ends it with SIGKILL after `seconds`; exit code 137 if that was needed.
[[nodiscard]] Outcome run_and_kill(const std::vector<std::string>& argv, double seconds);

/// Like `run_and_kill`, but counts the processor time that it took: what it had done by then
/// depends little on what else the machine does.
[[nodiscard]] Outcome run_and_kill_at_cpu(const std::vector<std::string>& argv, double cpu_seconds);

/// A fresh folder that goes when left.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// The path of a name inside, as text.
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

/// All bytes of a file; a missing one fails the test.
[[nodiscard]] std::string file_bytes(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, const std::string& bytes);

}  // namespace af::test
