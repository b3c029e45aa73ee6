#include "core/version.h"

#include "af_revision.h"  // Written by cmake/git_revision.cmake into the build folder.

namespace af {

const char* version() noexcept { return AF_VERSION; }
const char* git_revision() noexcept { return AF_GIT_REVISION; }

}  // namespace af
