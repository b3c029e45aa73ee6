#include "core/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "core/errors.h"

namespace af {
namespace {

/// A little work whose length differs from block to block, so that blocks end out of order.
void dawdle(std::uint64_t block) {
  std::this_thread::sleep_for(std::chrono::microseconds(block * 7919 % 300));
}

/// Threads, and whether consuming has one of its own.
class RunOrdered : public testing::TestWithParam<std::tuple<int, bool>> {
 protected:
  [[nodiscard]] static int threads() { return std::get<0>(GetParam()); }
  [[nodiscard]] static bool consumer_thread() { return std::get<1>(GetParam()); }
};

TEST_P(RunOrdered, ConsumesEveryBlockOnceAndInOrder) {
  std::vector<std::uint64_t> slots(4);
  std::vector<std::uint64_t> consumed;
  run_ordered({.blocks = 200,
               .threads = threads(),
               .slots = 4,
               .produce =
                   [&](std::uint64_t block, int slot) {
                     dawdle(block);
                     slots[static_cast<std::size_t>(slot)] = block * block;
                   },
               .consume =
                   [&](std::uint64_t block, int slot) {
                     EXPECT_EQ(slots[static_cast<std::size_t>(slot)], block * block);
                     consumed.push_back(block);
                   },
               .consumer_thread = consumer_thread()});
  std::vector<std::uint64_t> expected(200);
  std::iota(expected.begin(), expected.end(), std::uint64_t{0});
  EXPECT_EQ(consumed, expected);
}

TEST_P(RunOrdered, HoldsNoMoreBlocksThanSlots) {
  std::atomic<int> held = 0;
  std::atomic<int> most = 0;
  run_ordered({.blocks = 100,
               .threads = threads(),
               .slots = 3,
               .produce =
                   [&](std::uint64_t block, int) {
                     const int now = ++held;
                     int before = most;
                     while (now > before && !most.compare_exchange_weak(before, now)) {
                     }
                     dawdle(block);
                   },
               .consume = [&](std::uint64_t, int) { --held; },
               .consumer_thread = consumer_thread()});
  EXPECT_LE(most, 3);
  EXPECT_EQ(held, 0);
}

TEST_P(RunOrdered, ThrowsTheErrorOfTheLowestBlockAndConsumesWhatCameBefore) {
  std::set<std::uint64_t> consumed;
  const auto run = [&] {
    run_ordered({.blocks = 100,
                 .threads = threads(),
                 .slots = 8,
                 .produce =
                     [](std::uint64_t block, int) {
                       dawdle(block);
                       if (block >= 20) throw std::runtime_error(std::to_string(block));
                     },
                 .consume = [&](std::uint64_t block, int) { consumed.insert(block); },
                 .consumer_thread = consumer_thread()});
  };
  try {
    run();
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "20");
  }
  for (const std::uint64_t block : consumed) EXPECT_LT(block, 20U);
}

/// Runs two blocks that both throw their number, `first` before the other; gives what is thrown.
std::string thrown_when_first_fails(std::uint64_t first) {
  std::atomic<int> begun = 0;
  std::atomic<bool> first_failed = false;
  try {
    run_ordered({.blocks = 2, .threads = 2, .slots = 2, .produce = [&](std::uint64_t block, int) {
                   ++begun;
                   while (begun < 2 || (block != first && !first_failed)) std::this_thread::yield();
                   if (block == first) first_failed = true;
                   dawdle(block == first ? 0 : 37);
                   throw std::runtime_error(std::to_string(block));
                 }});
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing";
}

TEST(RunOrderedErrors, AreThoseOfTheLowestBlockWhicheverFailsFirst) {
  EXPECT_EQ(thrown_when_first_fails(0), "0");
  EXPECT_EQ(thrown_when_first_fails(1), "0");
}

/// Block 1 fails while block 0 is still being produced; gives the blocks that were consumed.
std::vector<std::uint64_t> consumed_although_the_next_failed(bool consumer_thread) {
  std::atomic<bool> failed = false;
  std::vector<std::uint64_t> consumed;
  const auto produce = [&](std::uint64_t block, int) {
    if (block == 1) {
      failed = true;
      throw std::runtime_error("1");
    }
    while (!failed) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  };
  EXPECT_THROW(run_ordered({.blocks = 2,
                            .threads = 2,
                            .slots = 2,
                            .produce = produce,
                            .consume = [&](std::uint64_t block, int) { consumed.push_back(block); },
                            .consumer_thread = consumer_thread}),
               std::runtime_error);
  return consumed;
}

TEST(RunOrderedErrors, KeepNoEarlierBlockFromBeingConsumed) {
  EXPECT_EQ(consumed_although_the_next_failed(false), std::vector<std::uint64_t>{0});
  EXPECT_EQ(consumed_although_the_next_failed(true), std::vector<std::uint64_t>{0});
}

TEST_P(RunOrdered, PassesOnWhatTheConsumerThrows) {
  const auto run = [&] {
    run_ordered({.blocks = 50,
                 .threads = threads(),
                 .slots = 4,
                 .produce = [](std::uint64_t, int) {},
                 .consume =
                     [](std::uint64_t block, int) {
                       if (block == 10) throw OutputError("disk full");
                     },
                 .consumer_thread = consumer_thread()});
  };
  EXPECT_THROW(run(), OutputError);
}

INSTANTIATE_TEST_SUITE_P(Threads, RunOrdered,
                         testing::Combine(testing::Values(1, 2, 8), testing::Bool()));

TEST(RunOrderedConsumer, KeepsNoProducerWaiting) {
  // The one producer fills both slots while the consumer still holds the first.
  std::atomic<int> produced = 0;
  bool both_were_produced = false;
  run_ordered({.blocks = 2,
               .threads = 1,
               .slots = 2,
               .produce = [&](std::uint64_t, int) { ++produced; },
               .consume =
                   [&](std::uint64_t block, int) {
                     const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
                     while (block == 0 && produced < 2 && std::chrono::steady_clock::now() < end) {
                       std::this_thread::yield();
                     }
                     if (block == 0) both_were_produced = produced == 2;
                   },
               .consumer_thread = true});
  EXPECT_TRUE(both_were_produced);
}

TEST(ResolveThreads, TakesZeroForTheMachine) {
  EXPECT_GE(resolve_threads(0), 1);
  EXPECT_EQ(resolve_threads(3), 3);
  EXPECT_THROW((void)resolve_threads(-1), ConfigError);
}

}  // namespace
}  // namespace af
