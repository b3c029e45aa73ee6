#pragma once

#include <string>
#include <vector>

/// The training methods by name. No LibTorch here: names are for configurations.
namespace af::al::methods {

[[nodiscard]] std::vector<std::string> method_names();
/// Whether training reads the group attribute of the labelled rows; no method reads that of others.
/// @param name  One of `method_names()`.
[[nodiscard]] bool needs_attribute(const std::string& name);
/// Whether the network has an adversary beside its head while it is trained.
/// @param name  One of `method_names()`.
[[nodiscard]] bool needs_adversary(const std::string& name);
/// Whether training picks among the labelled rows and passes over the rest.
/// @param name  One of `method_names()`.
[[nodiscard]] bool picks_rows(const std::string& name);

}  // namespace af::al::methods
