#pragma once

#include <ATen/core/Tensor.h>

#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "al/metrics/test_metrics.h"
#include "al/models/parameter_store.h"
#include "al/training/training.h"

namespace af::al {

/// What training and testing a step come to beside the network's weights.
struct TrainedStep {
  TrainingRecord training;
  Predictions test;
};

/// The first step of a seed, up to what it chooses, is the same for all heuristics: the same rows,
/// initial weights and draws. The first run that asks does it, and the others take it over; those
/// that ask while it is done wait for it. Thread-safe.
class FirstStep {
 public:
  /// Says that a run more will ask. What is kept goes with the last one.
  void expect() { ++waiting_; }

  /// What `work` returns, and in `net` the weights that it leaves there.
  /// @param work  Trains the network and tests it. What it throws all runs get: theirs is the same.
  [[nodiscard]] TrainedStep take(ParameterStore& net, const std::function<TrainedStep()>& work);

 private:
  std::mutex mutex_;
  int waiting_ = 0;
  std::optional<TrainedStep> done_;
  std::exception_ptr failed_;
  std::vector<at::Tensor> weights_;
};

}  // namespace af::al
