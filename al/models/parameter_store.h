#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace af::al {

/// The distribution that a parameter starts from: uniform on [low, high), or the constant `low`
/// where both are equal.
struct Start {
  double low = 0;
  double high = 0;

  static Start constant(double value) { return {value, value}; }
  /// Uniform about 0 with the given variance.
  static Start uniform(double variance);
  /// PyTorch's default for convolutions and linear layers, weights and biases: uniform within
  /// 1 / sqrt(fan_in). Source: He et al. 2015 (arXiv:1502.01852) with slope sqrt(5).
  static Start kaiming(std::int64_t fan_in);
};

/// All parameters of a network that are trained in one flat buffer, their gradients in a second and
/// what batch norm keeps in a third, so that clearing, updating and starting anew are each one
/// operation.
class ParameterStore {
 public:
  explicit ParameterStore(at::Device device) : device_(device) {}

  /// Adds a parameter; a shape of four takes channels-last memory. Its values are undefined until
  /// `reset`.
  /// @param name  As in a file of weights, "features.0.weight".
  [[nodiscard]] at::Tensor add(std::string name, std::vector<std::int64_t> shape, Start start);
  /// Adds a vector that is kept between batches but not trained.
  [[nodiscard]] at::Tensor add_state(std::string name, std::int64_t size, double start);
  /// Says that what was added so far are the features and what comes is the classifier.
  void end_features() { feature_count_ = parameters_.size(); }
  /// Moves everything added into the flat buffers; nothing can be added afterwards.
  /// @param train_features  Otherwise their values lie in a buffer of their own, without gradients.
  void flatten(bool train_features = true);

  /// A parameter or a state by its name in a file of weights.
  struct Slot {
    std::string name;
    std::vector<std::int64_t> shape;
  };
  /// All parameters in the order in which they were added, then all states.
  [[nodiscard]] std::vector<Slot> slots() const;
  /// Gives a parameter or state values to start from, whatever the seed.
  /// @param values  In the slot's shape, of any floating-point type, on any device.
  void set_start(const std::string& name, at::Tensor values);

  /// Sets every parameter and state to its start. Parameter k is drawn from the stream
  /// (seed, kInitialWeights, k) in the order of its indices, whatever its memory, unless it was
  /// given values.
  void reset(std::uint64_t seed);
  /// Copies of all values: the parameters that are trained, those that are not, then every state.
  [[nodiscard]] std::vector<at::Tensor> snapshot() const;
  /// Sets them to what the snapshot of another store of the same network holds.
  void restore(const std::vector<at::Tensor>& snapshot);
  /// False if a parameter is infinite or not a number.
  [[nodiscard]] bool finite() const;

  /// Of the parameters that are trained.
  [[nodiscard]] const at::Tensor& values() const noexcept { return values_; }        ///< [P]
  [[nodiscard]] const at::Tensor& gradients() const noexcept { return gradients_; }  ///< [P]
  [[nodiscard]] at::Device device() const noexcept { return device_; }

 private:
  struct Entry {
    std::string name;
    at::Tensor tensor;
    Start start;
    at::Tensor given;  ///< Goes before `start` where it is defined.
  };
  void draw_initial(std::uint64_t seed);
  /// The entries' values in one buffer, which they become parts of.
  [[nodiscard]] at::Tensor flattened(std::span<Entry> entries) const;

  at::Device device_;
  std::vector<Entry> parameters_;
  std::vector<Entry> states_;
  std::size_t feature_count_ = 0;
  at::Tensor values_;
  at::Tensor gradients_;
  at::Tensor frozen_;   ///< Values of the parameters that are not trained.
  at::Tensor initial_;  ///< Values at the start for `initial_seed_`; empty until drawn.
  std::uint64_t initial_seed_ = 0;
};

}  // namespace af::al
