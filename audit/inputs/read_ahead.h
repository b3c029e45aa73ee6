#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace af::audit {

/// Makes items on a thread of its own, a few ahead of whoever takes them, in order.
template <class Item>
class ReadAhead {
 public:
  /// @param make  Gives the next item, null after the last; what it throws, take() throws in turn.
  explicit ReadAhead(std::function<std::shared_ptr<Item>()> make)
      : make_(std::move(make)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

  /// The next item; null after the last.
  [[nodiscard]] std::shared_ptr<Item> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !made_.empty(); });
    const Made& first = made_.front();
    if (first.error) std::rethrow_exception(first.error);
    if (!first.item) return nullptr;  // It stays, so that the end is told again.
    std::shared_ptr<Item> item = first.item;
    made_.pop_front();
    changed_.notify_all();
    return item;
  }

 private:
  static constexpr std::size_t kAhead = 4;

  /// The end if it has neither.
  struct Made {
    std::shared_ptr<Item> item;
    std::exception_ptr error;
  };

  Made made_next() {
    try {
      return {.item = make_(), .error = {}};
    } catch (...) {
      return {.item = {}, .error = std::current_exception()};
    }
  }

  void run(const std::stop_token& stop) {
    bool more = true;
    while (more) {
      Made made = made_next();
      more = made.item != nullptr;
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [&] { return made_.size() < kAhead; })) return;
      made_.push_back(std::move(made));
      changed_.notify_all();
    }
  }

  std::function<std::shared_ptr<Item>()> make_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Made> made_;
  std::jthread thread_;  ///< Last, so that it ends before what it uses.
};

}  // namespace af::audit
