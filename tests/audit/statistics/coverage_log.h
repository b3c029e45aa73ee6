#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/audit/statistics/bootstrap_coverage.h"

namespace af::test {

/// What has been simulated, kept in a file, so that hours of it can be interrupted: a line for each
/// part of the experiments, with all of its figures.
class CoverageLog {
 public:
  /// Reads what the file has; an empty name keeps nothing.
  explicit CoverageLog(std::filesystem::path file);

  /// Null if that part of the case is not done.
  [[nodiscard]] const std::vector<Coverage>* find(const std::string& part) const;
  void add(const std::string& part, const std::vector<Coverage>& found);

 private:
  std::filesystem::path file_;
  std::map<std::string, std::vector<Coverage>> done_;
};

}  // namespace af::test
