#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/gates/gate.h"

namespace af::audit {

/// Gates out of the condition of each `--fail-if`, named by their position: "fail-if 1".
/// @throws ConfigError that marks the place of a mistake.
[[nodiscard]] std::vector<Gate> gates_of(const std::vector<std::string>& conditions,
                                         std::uint64_t min_group);

/// Gates out of a policy file:
///
///   min_group = 30                                  # for all gates, unless one has its own
///
///   [[gate]]
///   name = "parity"
///   fail_if = "demographic_parity_difference > 0.1"
///   min_group = 100                                 # may be left out
///   because = "Selection must not depend on group." # may be left out
///
/// @param min_group  For gates that the file gives none.
/// @throws InputError if the file is missing; ConfigError with file and line if it is no TOML, has
///         no gate, a key that does not exist or of another type, or two gates of one name, or a
///         condition cannot be read.
[[nodiscard]] std::vector<Gate> read_policy(const std::filesystem::path& path,
                                            std::uint64_t min_group);

}  // namespace af::audit
