#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace af::test {

/// A file of expected values from tests/oracle.
inline nlohmann::json oracle(const std::string& name) {
  std::ifstream file(std::string(AF_SOURCE_DIR "/tests/oracle/") + name);
  return nlohmann::json::parse(file);
}

}  // namespace af::test
