#pragma once

namespace af {

/// Version of the project, "MAJOR.MINOR.PATCH".
[[nodiscard]] const char* version() noexcept;
/// Git revision that was built, with "-dirty" behind it if files differed; "unknown" without git.
[[nodiscard]] const char* git_revision() noexcept;

}  // namespace af
