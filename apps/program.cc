#include "apps/program.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

#include "core/dataset_reader.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::apps {
namespace {

constexpr int kOutOfMemory = static_cast<int>(ExitCode::kUsage);
constexpr int kOurMistake = 70;

/// A sanitizer's shadow memory is larger than any limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kHasShadow = true;
#else
constexpr bool kHasShadow = false;
#endif

int report(const char* program, const char* sentence, int exit_code) {
  // A name or a value out of a file may hold anything; a terminal must not obey it.
  constexpr std::size_t kMostBytes = 2'000;
  fmt::print(stderr, "{}: error: {}\n", program, printable(sentence, kMostBytes));
  return exit_code;
}

/// Reads the first and the last row of every column.
void read_ends(const DatasetReader& file) {
  std::vector<std::byte> row;
  for (const Column& column : file.columns()) {
    row.resize(column.item_bytes());
    if (file.rows() == 0) continue;
    for (const std::uint64_t at : {std::uint64_t{0}, file.rows() - 1}) {
      file.read(column.name, at, 1, row);
    }
  }
}

/// Ends this process as its child was ended from outside: by who reads its output, or its user.
void end_likewise(int signal) {
  if (signal != SIGPIPE && signal != SIGINT && signal != SIGTERM && signal != SIGHUP) return;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
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
  end_likewise(WTERMSIG(status));
  throw InputError(
      fmt::format("reading {} ended with signal {}: it is damaged in a way that the "
                  "HDF5 library does not survive",
                  reading, WTERMSIG(status)));
}

void limit_memory(const std::string& file) {
  if (kHasShadow) return;
  constexpr rlim_t kBytes = 600'000'000;
  constexpr rlim_t kBytesPerThread = 16'000'000;
  constexpr rlim_t kBytesPerByte = 64;
  std::error_code unknown;
  const auto size = std::filesystem::file_size(file, unknown);
  rlimit limit{};
  if (unknown || getrlimit(RLIMIT_DATA, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_cur,
                                    kBytes + kBytesPerThread * std::thread::hardware_concurrency() +
                                        kBytesPerByte * static_cast<rlim_t>(size));
  setrlimit(RLIMIT_DATA, &limit);
}

bool read_in_child(const std::string& file) {
  constexpr rlim_t kSeconds = 5;  // Opening takes milliseconds.
  const int exit_code = in_child(file, [&] {
    limit_memory(file);
    const rlimit limit{kSeconds, kSeconds};
    setrlimit(RLIMIT_CPU, &limit);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    // What the C library says of a crash is no sentence for the user.
    if (std::freopen("/dev/null", "w", stderr) == nullptr) return 1;
    try {
      read_ends(DatasetReader(file, FileKind::kAnyHdf5));
    } catch (const Error&) {
      return 1;
    } catch (const std::bad_alloc&) {
      return 1;
    }
    return 0;
  });
  return exit_code == 0;
}

void check_survivable(const std::string& file) {
  if (!read_in_child(file)) limit_memory(file);  // The reading that is to come will fail likewise.
}

}  // namespace af::apps
