#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>

namespace af::al {
namespace {

/// `at::parallel_for` is compiled here as in al/, and goes to one thread where OpenMP is not on.
TEST(ParallelLoops, GoToAllThreads) {
  const int before = at::get_num_threads();
  at::set_num_threads(2);
  std::array<std::thread::id, 2> threads;
  at::parallel_for(0, 2, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      threads[static_cast<std::size_t>(i)] = std::this_thread::get_id();
  });
  at::set_num_threads(before);
  EXPECT_NE(threads[0], threads[1]);
}

}  // namespace
}  // namespace af::al
