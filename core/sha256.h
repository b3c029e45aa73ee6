#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace af {

/// SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. @throws InputError
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& path);
/// The same of a text.
[[nodiscard]] std::string sha256_of_text(std::string_view text);

}  // namespace af
