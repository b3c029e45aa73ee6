#include "tests/support/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <thread>

namespace af::test {
namespace {

namespace fs = std::filesystem;

fs::path executable(const std::string& name) {
  return name.find('/') == std::string::npos ? fs::path(AF_BIN_DIR) / name : fs::path(name);
}

[[noreturn]] void become(const std::vector<std::string>& argv, const std::string& out,
                         const std::string& err) {
  const int in_fd = ::open("/dev/null", O_RDONLY);
  const int out_fd = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int err_fd = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  ::dup2(in_fd, STDIN_FILENO);
  ::dup2(out_fd, STDOUT_FILENO);
  ::dup2(err_fd, STDERR_FILENO);
  std::vector<std::string> words = argv;
  words[0] = executable(argv[0]).string();
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  ::execv(raw[0], raw.data());
  ::_exit(127);
}

/// Seconds that a program has run, by a clock that is told its process.
using Clock = std::function<double(pid_t)>;

double wall_seconds(pid_t /*child*/) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_seconds(pid_t child) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(child, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0.0;
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// When to kill a program.
struct Limit {
  Clock clock;
  double at = 0.0;
};

void wait_for(pid_t child, std::optional<Limit> limit, Outcome& outcome) {
  int status = 0;
  rusage used{};
  while (::wait4(child, &status, limit ? WNOHANG : 0, &used) == 0) {
    if (limit->clock(child) >= limit->at) {
      ::kill(child, SIGKILL);
      limit.reset();
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.peak_bytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
  for (const timeval& part : {used.ru_utime, used.ru_stime}) {
    outcome.cpu_seconds +=
        static_cast<double>(part.tv_sec) + 1e-6 * static_cast<double>(part.tv_usec);
  }
}

Outcome run(const std::vector<std::string>& argv, const std::optional<Limit>& limit) {
  const TempDir streams;
  const std::string out = streams / "out";
  const std::string err = streams / "err";
  const pid_t child = ::fork();
  if (child == 0) become(argv, out, err);
  Outcome outcome;
  wait_for(child, limit, outcome);
  outcome.out = file_bytes(out);
  outcome.err = file_bytes(err);
  return outcome;
}

}  // namespace

Outcome run_program(const std::vector<std::string>& argv) { return run(argv, std::nullopt); }

Outcome run_and_kill(const std::vector<std::string>& argv, double seconds) {
  return run(argv, Limit{wall_seconds, wall_seconds(0) + seconds});
}

Outcome run_and_kill_at_cpu(const std::vector<std::string>& argv, double seconds) {
  return run(argv, Limit{cpu_seconds, seconds});
}

TempDir::TempDir() {
  std::string name = (fs::temp_directory_path() / "af-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string file_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << "cannot read " << path;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write_bytes(const fs::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  ASSERT_TRUE(file.flush().good()) << "cannot write " << path;
}

}  // namespace af::test
