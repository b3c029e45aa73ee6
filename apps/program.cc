#include "apps/program.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "core/errors.h"
#include "core/text.h"

namespace af::apps {
namespace {

constexpr int kOutOfMemory = static_cast<int>(ExitCode::kUsage);
constexpr int kOurMistake = 70;

int report(const char* program, const char* sentence, int exit_code) {
  // A name or a value out of a file may hold anything; a terminal must not obey it.
  constexpr std::size_t kMostBytes = 2'000;
  fmt::print(stderr, "{}: error: {}\n", program, printable(sentence, kMostBytes));
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

int in_child(const std::string& reading, const std::function<int()>& body) {
  std::fflush(nullptr);  // What lies in buffers would be written twice.
  const pid_t child = fork();
  if (child < 0) return body();  // No room for another process: then without its protection.
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int exit_code = body();
    std::fflush(nullptr);
    _exit(exit_code);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  throw InputError(
      fmt::format("reading {} ended with signal {}: it is damaged in a way that the "
                  "HDF5 library does not survive",
                  reading, WTERMSIG(status)));
}

}  // namespace af::apps
