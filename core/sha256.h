#pragma once

#include <filesystem>
#include <string>

namespace af {

/// SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. @throws InputError
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace af
