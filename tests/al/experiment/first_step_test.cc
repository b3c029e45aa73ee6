#include "al/experiment/first_step.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "al/models/make_classifier.h"

namespace af::al {
namespace {

std::unique_ptr<models::Classifier> net_of_seed(std::uint64_t seed) {
  auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  net->parameters.reset(seed);
  return net;
}

TEST(FirstStep, IsDoneOnceAndTakenOverByAllWhoExpectIt) {
  constexpr int kRuns = 8;
  FirstStep first;
  std::vector<std::unique_ptr<models::Classifier>> nets;
  for (std::uint64_t i = 0; i < kRuns; ++i) {
    first.expect();
    nets.push_back(net_of_seed(i));
  }
  std::atomic<int> times = 0;
  std::vector<std::thread> threads;
  for (const auto& net : nets) {
    threads.emplace_back([&first, &times, &net = *net] {
      const TrainedStep step = first.take(net.parameters, [&] {
        ++times;
        // What training leaves: other weights, and other statistics of the batch norms.
        net.parameters.reset(99);
        static_cast<void>(
            net.backbone->representation(at::ones({4, 3, 16, 16}), models::Mode::kTrain));
        return TrainedStep{.training = {.batch_size = 7}, .test = {}};
      });
      EXPECT_EQ(step.training.batch_size, 7);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(times, 1);
  const auto expected = nets.front()->parameters.snapshot();
  const auto untrained = net_of_seed(99)->parameters.snapshot();
  EXPECT_TRUE(at::equal(expected.front(), untrained.front()));
  EXPECT_FALSE(at::equal(expected.back(), untrained.back()));
  for (const auto& net : nets) {
    const auto weights = net->parameters.snapshot();
    for (std::size_t i = 0; i < weights.size(); ++i)
      EXPECT_TRUE(at::equal(weights[i], expected[i]));
  }
}

TEST(FirstStep, FailsForAllIfItFails) {
  FirstStep first;
  first.expect();
  first.expect();
  const auto net = net_of_seed(1);
  int times = 0;
  for (int run = 0; run < 2; ++run) {
    EXPECT_THROW(static_cast<void>(first.take(net->parameters,
                                              [&]() -> TrainedStep {
                                                ++times;
                                                throw std::runtime_error("");
                                              })),
                 std::runtime_error);
  }
  EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace af::al
