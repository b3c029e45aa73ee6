#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace af::test {

/// metrics.csv without its last four columns, the seconds: all that may differ between two runs.
[[nodiscard]] std::string without_seconds(const std::string& metrics);
/// Every file of a run folder by its path inside, metrics without their seconds.
[[nodiscard]] std::map<std::string, std::string> run_bytes(const std::filesystem::path& folder);

}  // namespace af::test
