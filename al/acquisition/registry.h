#pragma once

#include <memory>
#include <string>
#include <vector>

/// The heuristics by name. No LibTorch here: names are for configurations.
namespace af::al::acquisition {

class Heuristic;

[[nodiscard]] std::vector<std::string> heuristic_names();
/// @param name  One of `heuristic_names()`.
[[nodiscard]] std::unique_ptr<Heuristic> make_heuristic(const std::string& name);

}  // namespace af::al::acquisition
