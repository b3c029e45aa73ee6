#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace af::test {

/// A file of expected values from tests/oracle.
inline nlohmann::json oracle(const std::string& name) {
  std::ifstream file(std::string(AF_SOURCE_DIR "/tests/oracle/") + name);
  return nlohmann::json::parse(file);
}

/// A matrix of numbers, row by row.
inline std::vector<double> row_major(const nlohmann::json& rows) {
  std::vector<double> values;
  for (const auto& row : rows) values.insert(values.end(), row.begin(), row.end());
  return values;
}

}  // namespace af::test
