#include "al/models/parameter_store.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "core/random.h"

namespace af::al {
namespace {

at::Tensor empty_like_shape(const std::vector<std::int64_t>& shape, at::Device device) {
  const auto options = at::TensorOptions(device).dtype(at::kFloat);
  if (shape.size() != 4) return at::empty(shape, options);
  return at::empty(shape, options.memory_format(at::MemoryFormat::ChannelsLast));
}

/// The part of `flat` from `first` on, in shape and strides of `like`.
at::Tensor part_of(const at::Tensor& flat, std::int64_t first, const at::Tensor& like) {
  return flat.as_strided(like.sizes(), like.strides(), first);
}

at::Tensor drawn(at::IntArrayRef shape, Start start, Stream stream) {
  at::Tensor values = at::empty(shape, at::kFloat);
  float* out = values.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < values.numel(); ++i) {
    const double uniform = static_cast<double>(stream.bits()) * 0x1p-32;
    out[i] = static_cast<float>(start.low + (start.high - start.low) * uniform);
  }
  return values;
}

}  // namespace

Start Start::uniform(double variance) {
  const double bound = std::sqrt(3 * variance);
  return {-bound, bound};
}

Start Start::kaiming(std::int64_t fan_in) {
  const double bound = 1 / std::sqrt(static_cast<double>(fan_in));
  return {-bound, bound};
}

at::Tensor ParameterStore::add(std::string name, std::vector<std::int64_t> shape, Start start) {
  at::Tensor tensor = empty_like_shape(shape, device_).set_requires_grad(true);
  parameters_.push_back({std::move(name), tensor, start, {}});
  return tensor;
}

at::Tensor ParameterStore::add_state(std::string name, std::int64_t size, double start) {
  at::Tensor tensor = empty_like_shape({size}, device_);
  states_.push_back({std::move(name), tensor, Start::constant(start), {}});
  return tensor;
}

void ParameterStore::flatten(bool train_features) {
  const std::size_t frozen = train_features ? 0 : feature_count_;
  const auto parts = std::span(parameters_);
  frozen_ = flattened(parts.first(frozen));
  values_ = flattened(parts.subspan(frozen));
  gradients_ = at::zeros_like(values_);
  std::int64_t first = 0;
  for (Entry& entry : parts.subspan(frozen)) {
    entry.tensor.mutable_grad() = part_of(gradients_, first, entry.tensor);
    first += entry.tensor.numel();
  }
  for (Entry& entry : parts.first(frozen)) entry.tensor.set_requires_grad(false);
}

at::Tensor ParameterStore::flattened(std::span<Entry> entries) const {
  std::int64_t count = 0;
  for (const Entry& entry : entries) count += entry.tensor.numel();
  at::Tensor flat = at::zeros({count}, at::TensorOptions(device_).dtype(at::kFloat));
  std::int64_t first = 0;
  for (Entry& entry : entries) {
    entry.tensor.set_data(part_of(flat, first, entry.tensor));
    first += entry.tensor.numel();
  }
  return flat;
}

std::vector<ParameterStore::Slot> ParameterStore::slots() const {
  std::vector<Slot> slots;
  for (const auto* entries : {&parameters_, &states_}) {
    for (const Entry& entry : *entries) slots.push_back({entry.name, entry.tensor.sizes().vec()});
  }
  return slots;
}

void ParameterStore::set_start(const std::string& name, at::Tensor values) {
  for (auto* entries : {&parameters_, &states_}) {
    const auto found = std::ranges::find(*entries, name, &Entry::name);
    if (found != entries->end()) found->given = std::move(values);
  }
  initial_.reset();
}

void ParameterStore::draw_initial(std::uint64_t seed) {
  std::uint64_t index = 0;
  for (Entry& entry : parameters_) {
    if (entry.given.defined()) {
      entry.tensor.copy_(entry.given);
    } else if (entry.start.low == entry.start.high) {
      entry.tensor.fill_(entry.start.low);
    } else {
      const Stream stream(seed, Purpose::kInitialWeights, index);
      entry.tensor.copy_(drawn(entry.tensor.sizes(), entry.start, stream));
    }
    ++index;
  }
  initial_ = values_.clone();
  initial_seed_ = seed;
}

void ParameterStore::reset(std::uint64_t seed) {
  const at::NoGradGuard no_grad;
  if (initial_.defined() && initial_seed_ == seed) {
    values_.copy_(initial_);
  } else {
    draw_initial(seed);
  }
  for (Entry& entry : states_) {
    if (entry.given.defined()) {
      entry.tensor.copy_(entry.given);
    } else {
      entry.tensor.fill_(entry.start.low);
    }
  }
  gradients_.zero_();
}

std::vector<at::Tensor> ParameterStore::snapshot() const {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> copies{values_.clone(), frozen_.clone()};
  for (const Entry& entry : states_) copies.push_back(entry.tensor.clone());
  return copies;
}

void ParameterStore::restore(const std::vector<at::Tensor>& snapshot) {
  const at::NoGradGuard no_grad;
  values_.copy_(snapshot.at(0));
  frozen_.copy_(snapshot.at(1));
  for (std::size_t i = 0; i < states_.size(); ++i) states_[i].tensor.copy_(snapshot.at(i + 2));
}

bool ParameterStore::finite() const { return at::isfinite(values_).all().item<bool>(); }

}  // namespace af::al
