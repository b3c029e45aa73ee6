#include "al/models/adversary_head.h"

#include <ATen/ATen.h>

namespace af::al::models {

AdversaryHead::AdversaryHead(LinearLayer first, LinearLayer second, LinearLayer groups)
    : first_(std::move(first)), second_(std::move(second)), groups_(std::move(groups)) {}

at::Tensor AdversaryHead::logits(const at::Tensor& inputs, const at::Tensor& first_factors,
                                 const at::Tensor& second_factors) const {
  const at::Tensor hidden = first_(inputs).relu_() * first_factors;
  return groups_(second_(hidden).relu_() * second_factors);
}

std::unique_ptr<AdversaryHead> make_adversary(ParameterStore& store, std::int64_t inputs,
                                              std::int64_t units, std::int64_t groups) {
  const auto layer = [&](const char* name, std::int64_t in, std::int64_t out) {
    return LinearLayer::added_to(store, std::string(kAdversaryPrefix) + name, in, out,
                                 LinearStart::kaiming(in));
  };
  LinearLayer first = layer("0", inputs, units);
  LinearLayer second = layer("3", units, units);
  return std::make_unique<AdversaryHead>(std::move(first), std::move(second),
                                         layer("6", units, groups));
}

}  // namespace af::al::models
