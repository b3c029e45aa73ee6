#include "core/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace af {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

constexpr duration<double> kBarPeriod{0.1};
constexpr duration<double> kLinePeriod{10.0};
constexpr std::size_t kBarCells = 24;

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(kBarCells));
  return std::string(full, '#') + std::string(kBarCells - full, '.');
}

}  // namespace

Progress::Progress(std::string label, std::uint64_t total, std::string unit, bool quiet)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) == 1),
      begin_(steady_clock::now()),
      last_(begin_) {}

Progress::~Progress() {
  // Left by an error: end the line so that its sentence begins on one of its own.
  if (terminal_ && shown_) (void)std::fputc('\n', stderr);
}

void Progress::advance(std::uint64_t count) {
  const std::scoped_lock lock(mutex_);
  done_ += count;
  const steady_clock::time_point now = steady_clock::now();
  if (quiet_ || now - last_ < (terminal_ ? kBarPeriod : kLinePeriod)) return;
  last_ = now;
  show(false);
}

void Progress::finish() {
  const std::scoped_lock lock(mutex_);
  if (!quiet_) show(true);
  shown_ = false;
}

void Progress::show(bool last) {
  const double seconds = duration<double>(steady_clock::now() - begin_).count();
  const double share =
      total_ == 0 ? 1.0 : std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
  const std::string text =
      last ? fmt::format("{}: {} {} in {:.1f} s ({:.4g} a second)", label_, done_, unit_, seconds,
                         static_cast<double>(done_) / std::max(seconds, 1e-9))
           : fmt::format("{}: {} of {} {}, {:.0f} s left", label_, done_, total_, unit_,
                         share > 0.0 ? seconds * (1.0 - share) / share : 0.0);
  if (terminal_) {
    fmt::print(stderr, "\r\033[K[{}] {}{}", bar(share), text, last ? "\n" : "");
  } else {
    fmt::print(stderr, "{}\n", text);
  }
  (void)std::fflush(stderr);
  shown_ = true;
}

}  // namespace af
