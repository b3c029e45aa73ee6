#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace af::al {

/// The lines of a text file, without their line breaks. @throws InputError
[[nodiscard]] std::vector<std::string> read_lines(const std::filesystem::path& path);

}  // namespace af::al
