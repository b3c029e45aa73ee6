#pragma once

#include <cstdint>
#include <string>

#include "al/config/experiment_config.h"
#include "al/runs/metrics_file.h"

/// The work that the benchmarks time, on random images and weights; no LibTorch here.
namespace af::al {

struct StepSize {
  std::int64_t labels = 1000;
  std::int64_t pool = 10'000;  ///< Rows in all; those without a label are scored.
  std::int64_t test = 5'000;
  std::int64_t draws = 20;
  int threads = 2;
  std::string device = "cpu";
};

/// One step with the small network at its defaults: train, score the rest of the pool by BALD and
/// choose 100, test. The images are 32x32, as after averaging.
[[nodiscard]] StageSeconds measure_step(const StepSize& size);

struct McSize {
  std::string model = "vgg16";
  std::int64_t images = 64;  ///< Of 64x64 pixels; the small network takes them at 32x32.
  std::int64_t draws = 20;
  int threads = 2;
  std::string device = "cpu";
  Precision precision = Precision::kFloat32;
};

/// Of an MC-Dropout prediction of all the images.
struct McSeconds {
  double features = 0;  ///< Up to the first dropout, with the work on the weights that precedes it.
  double draws = 0;     ///< From there to the mean probabilities, that work included.
  double prepare = 0;   ///< That work alone, done once more.
};

/// The median of three, by features and draws together; one image goes first untimed.
[[nodiscard]] McSeconds measure_mc_prediction(const McSize& size);

}  // namespace af::al
