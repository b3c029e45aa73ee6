#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "al/acquisition/heuristic_options.h"
#include "al/acquisition/needs.h"

/// The heuristics by name. No LibTorch here: names are for configurations.
namespace af::al::acquisition {

class Heuristic;
class Oracle;

/// Only an oracle is ever shown the labels of the pool.
using AnyHeuristic = std::variant<std::unique_ptr<Heuristic>, std::unique_ptr<Oracle>>;

[[nodiscard]] std::vector<std::string> heuristic_names();
/// @param name  One of `heuristic_names()`.
[[nodiscard]] Needs needs_of(const std::string& name);
/// @param name  One of `heuristic_names()`.
[[nodiscard]] AnyHeuristic make_heuristic(const std::string& name, const HeuristicOptions& options);

}  // namespace af::al::acquisition
