#include "tests/al/run_bytes.h"

#include <algorithm>
#include <sstream>

#include "tests/support/program.h"

namespace af::test {

std::string without_seconds(const std::string& metrics) {
  std::istringstream lines(metrics);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    for (int column = 0; column < 4; ++column) line.resize(std::min(line.rfind(','), line.size()));
    kept += line + '\n';
  }
  return kept;
}

std::map<std::string, std::string> run_bytes(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::string bytes = file_bytes(entry.path());
    if (entry.path().filename() == "metrics.csv") bytes = without_seconds(bytes);
    files[std::filesystem::relative(entry.path(), folder).string()] = bytes;
  }
  return files;
}

}  // namespace af::test
