#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace af::test {

/// A small data set of bars ("bar") and crosses ("cross") in two colours on noise.
struct SyntheticData {
  std::uint64_t rows = 200;
  std::uint64_t side = 16;  ///< In pixels.
  double p = .8;            ///< P(bar | blue) = P(cross | red)
  std::uint64_t seed = 1;
  std::vector<std::string> chars{"bar", "cross"};
  std::vector<std::string> colors{"blue", "red"};
  std::string image_column = "x";
  /// Changes a row's char and color codes before they are written; may be empty.
  std::function<void(std::uint64_t row, std::uint16_t& character, std::uint16_t& color)> relabel;
};

/// Writes it as a file of the data set contract.
void write_synthetic(const std::filesystem::path& path, const SyntheticData& data);

}  // namespace af::test
