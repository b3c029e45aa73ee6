#include "core/parallel.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "core/errors.h"

namespace af {
namespace {

constexpr int kMostThreads = 1024;

/// What the threads of one run share. Without a thread for consuming, whoever finishes the block
/// whose turn it is consumes it and every finished block right behind it, while the others go on.
class OrderedRun {
 public:
  explicit OrderedRun(const OrderedWork& work) : work_(work) {
    for (int slot = work.slots - 1; slot >= 0; --slot) free_.push_back(slot);
  }

  void produce() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [&] { return stopped() || !free_.empty() || next_ == work_.blocks; });
      if (stopped() || next_ == work_.blocks) return;
      const std::uint64_t block = next_++;
      const int slot = free_.back();
      free_.pop_back();
      ++producing_;
      const bool fine = guarded(lock, block, [&] { work_.produce(block, slot); });
      --producing_;
      if (!fine) return;
      finished_.emplace(block, slot);
      if (work_.consumer_thread) {
        wake_.notify_all();
      } else {
        consume_what_is_due(lock);
      }
    }
  }

  void consume() {
    std::unique_lock lock(mutex_);
    while (consumed_ < work_.blocks) {
      // After an error a block below it may still be in production, and its own error counts more.
      wake_.wait(lock,
                 [&] { return finished_.contains(consumed_) || (stopped() && producing_ == 0); });
      if (!finished_.contains(consumed_)) return;
      consume_what_is_due(lock);
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  [[nodiscard]] bool stopped() const { return error_ != nullptr; }

  /// Runs `body` without the lock; false if it threw, the error of the lowest block being kept.
  template <class Body>
  bool guarded(std::unique_lock<std::mutex>& lock, std::uint64_t block, Body body) {
    std::exception_ptr thrown;
    lock.unlock();
    try {
      body();
    } catch (...) {
      thrown = std::current_exception();
    }
    lock.lock();
    if (!thrown) return true;
    if (!error_ || block < error_block_) {
      error_ = thrown;
      error_block_ = block;
    }
    wake_.notify_all();
    return false;
  }

  void consume_what_is_due(std::unique_lock<std::mutex>& lock) {
    // A block leaves the map when its consumption begins, but only its end makes the next one due:
    // that alone keeps consumers one at a time. After an error the blocks below it still pass.
    for (auto due = finished_.find(consumed_); due != finished_.end();
         due = finished_.find(consumed_)) {
      const int slot = due->second;
      finished_.erase(due);
      const bool fine =
          !work_.consume || guarded(lock, consumed_, [&] { work_.consume(consumed_, slot); });
      if (!fine) return;
      ++consumed_;
      free_.push_back(slot);
      wake_.notify_all();
    }
  }

  const OrderedWork& work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<int> free_;
  std::map<std::uint64_t, int> finished_;
  std::uint64_t next_ = 0;
  int producing_ = 0;
  std::uint64_t consumed_ = 0;
  std::exception_ptr error_;
  std::uint64_t error_block_ = 0;
};

}  // namespace

int resolve_threads(int requested) {
  if (requested < 0 || requested > kMostThreads) {
    throw ConfigError(fmt::format("threads is {}; expected 0 (one a hardware thread) to {}",
                                  requested, kMostThreads));
  }
  if (requested > 0) return requested;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
}

void run_ordered(const OrderedWork& work) {
  OrderedRun run(work);
  {
    const auto helpers = std::min<std::uint64_t>(
        static_cast<std::uint64_t>(std::max(work.threads, 1)) - 1, work.blocks);
    std::vector<std::jthread> threads;
    threads.reserve(helpers + 1);
    if (work.consumer_thread) threads.emplace_back([&run] { run.consume(); });
    for (std::uint64_t i = 0; i < helpers; ++i) threads.emplace_back([&run] { run.produce(); });
    run.produce();
  }
  run.rethrow();
}

}  // namespace af
