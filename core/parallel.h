#pragma once

#include <cstdint>
#include <functional>

namespace af {

/// A count of threads, at least 1; 0 asks for one a hardware thread.
/// @throws ConfigError if negative or above 1,024.
[[nodiscard]] int resolve_threads(int requested);

/// Work cut into blocks: produced on any thread in any order, consumed one at a time and strictly
/// in order. Memory is bounded by the slots: a block is not begun before one of them is free.
struct OrderedWork {
  std::uint64_t blocks = 0;
  int threads = 1;
  int slots = 2;  ///< At least 1. Twice the threads keeps them busy while one consumes.
  /// Fills slot `slot` with block `block`; may run on several threads at once.
  std::function<void(std::uint64_t block, int slot)> produce;
  /// Takes block 0, 1, 2, ...; never runs on two threads at once. May be empty.
  std::function<void(std::uint64_t block, int slot)> consume;
  /// Consumes on a thread of its own beside the others: for a consumer that mostly waits, as for a
  /// disk, so that no producer waits with it.
  bool consumer_thread = false;
};

/// Runs it on `threads` threads, the calling one among them (and one more that only consumes, if
/// asked for). If something throws, no new block is
/// begun, and once the others have ended the error of the lowest block is thrown: the same error
/// whatever the thread count.
void run_ordered(const OrderedWork& work);

}  // namespace af
