#pragma once

#include <string>

namespace af::fonts {

/// True if the text holds any of *, ? and [, so that it stands for several families.
[[nodiscard]] bool is_pattern(const std::string& text);

/// True if the family's whole name fits a shell's pattern (POSIX fnmatch), without regard to case.
[[nodiscard]] bool matches(const std::string& pattern, const std::string& family);

}  // namespace af::fonts
