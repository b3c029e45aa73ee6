#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/random.h"

namespace af::al::acquisition {

/// Configurations y_1..n of the labels of n rows, each with its probability and with what it says
/// about the draws of the weights:
///   weight_m = p(y_1..n),  posterior_mt = p(w_t | y_1..n) proportional to prod_i p_t(y_i | x_i).
/// All of them up to `limit`; beyond it `limit` are sampled from them without bias (systematic
/// resampling: one uniform draw, equal steps through the cumulated weights), those that fall
/// together being kept once with their common weight. Sums over configurations of a function,
/// weighted, are then estimates whose expectation is the full sum.
class LabelConfigurations {
 public:
  /// Of no rows: the empty configuration. @param device  Where the posterior lies.
  LabelConfigurations(std::int64_t draws, std::int64_t limit, at::Device device);

  /// Adds a row. @param probabilities  [T, classes] float64: p(y | x, w_t)
  void extend(const at::Tensor& probabilities, Stream stream);

  [[nodiscard]] const at::Tensor& weights() const noexcept { return weights_; }      ///< [M]
  [[nodiscard]] const at::Tensor& posterior() const noexcept { return posterior_; }  ///< [M, T]
  /// Whether every configuration of a positive probability is still there.
  [[nodiscard]] bool exact() const noexcept { return exact_; }

 private:
  void resample(Stream stream);

  std::int64_t limit_;
  bool exact_ = true;
  at::Tensor weights_;    ///< [M] float64, sums to 1
  at::Tensor posterior_;  ///< [M, T] float64, rows sum to 1
};

}  // namespace af::al::acquisition
