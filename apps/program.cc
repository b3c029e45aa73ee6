#include "apps/program.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "core/errors.h"

namespace af::apps {
namespace {

constexpr int kOutOfMemory = static_cast<int>(ExitCode::kUsage);
constexpr int kOurMistake = 70;

int report(const char* program, const char* sentence, int exit_code) {
  fmt::print(stderr, "{}: error: {}\n", program, sentence);
  return exit_code;
}

}  // namespace

int guarded(const char* program, const std::function<int()>& body) {
  try {
    return body();
  } catch (const Error& error) {
    return report(program, error.what(), static_cast<int>(error.exit_code()));
  } catch (const std::bad_alloc&) {
    return report(program, "not enough memory for what was asked", kOutOfMemory);
  } catch (const std::exception& error) {
    return report(program, fmt::format("unexpected: {}", error.what()).c_str(), kOurMistake);
  }
}

}  // namespace af::apps
