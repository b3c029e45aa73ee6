#pragma once

#include <stdexcept>
#include <string>

namespace af {

/// What a process of this project exits with; the numbers are part of the interface.
enum class ExitCode : int {
  kDone = 0,
  kGateFailed = 1,    ///< A condition of `--fail-if` holds.
  kUsage = 2,         ///< Options or configuration: unknown, out of range, contradictory.
  kInput = 3,         ///< An input is missing, damaged or of the wrong kind.
  kUndetermined = 4,  ///< A gate on too little data to decide.
  kOutput = 5,        ///< Could not write, or the output is there and `--force` was not given.
};

/// Root of every error that a user can cause. `what()` is one sentence: what was wrong, where
/// (file, row, column, option), what was expected.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
  [[nodiscard]] ExitCode exit_code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// An option or a configuration value that cannot be used (exit 2).
class ConfigError : public Error {
 public:
  explicit ConfigError(const std::string& sentence) : Error(ExitCode::kUsage, sentence) {}
};

/// An input that is missing, damaged or of the wrong kind (exit 3).
class InputError : public Error {
 public:
  explicit InputError(const std::string& sentence) : Error(ExitCode::kInput, sentence) {}
};

/// An output that could not be written or would overwrite something (exit 5).
class OutputError : public Error {
 public:
  explicit OutputError(const std::string& sentence) : Error(ExitCode::kOutput, sentence) {}
};

}  // namespace af
