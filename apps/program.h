#pragma once

#include <functional>

namespace af::apps {

/// Runs a program's body and turns what it throws into one sentence on stderr and the exit code
/// of the interface (core/errors.h). What nobody foresaw exits with 70, after sysexits.h.
int guarded(const char* program, const std::function<int()>& body);

}  // namespace af::apps
