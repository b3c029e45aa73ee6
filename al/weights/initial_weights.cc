#include "al/weights/initial_weights.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <vector>

#include "core/errors.h"
#include "core/text.h"

namespace af::al::weights {
namespace {

std::string shape_text(at::IntArrayRef shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

std::vector<std::string> names_of(const NamedTensors& tensors) {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors) names.push_back(name);
  return names;
}

class Start {
 public:
  Start(models::Classifier& net, const NamedTensors& tensors, const std::string& file)
      : net_(net), tensors_(tensors), file_(file) {}

  bool from_file() {
    const bool last_layer = has_last_layer();
    std::set<std::string> known;
    for (const ParameterStore::Slot& slot : net_.parameters.slots()) {
      if (slot.name.starts_with(models::kAdversaryPrefix)) continue;
      known.insert(slot.name);
      if (is_last_layer(slot.name) && !last_layer) continue;
      net_.parameters.set_start(slot.name, fitting(slot));
    }
    check_known(known);
    return last_layer;
  }

 private:
  [[nodiscard]] bool is_last_layer(const std::string& name) const {
    return name.starts_with(net_.last_layer + ".");
  }

  /// Whether the file has a last layer for as many classes.
  [[nodiscard]] bool has_last_layer() const {
    const auto bias = tensors_.find(net_.last_layer + ".bias");
    return bias != tensors_.end() && bias->second.dim() == 1 &&
           bias->second.size(0) == net_.head->class_count();
  }

  [[nodiscard]] at::Tensor fitting(const ParameterStore::Slot& slot) const {
    const auto found = tensors_.find(slot.name);
    if (found == tensors_.end()) {
      throw InputError(fmt::format("{} has no tensor '{}', expected one of shape {}{}", file_,
                                   slot.name, shape_text(slot.shape),
                                   did_you_mean(slot.name, names_of(tensors_))));
    }
    const at::Tensor& tensor = found->second;
    if (tensor.sizes() != slot.shape) {
      throw InputError(fmt::format("{}: tensor '{}' has shape {}, expected {}", file_, slot.name,
                                   shape_text(tensor.sizes()), shape_text(slot.shape)));
    }
    if (!tensor.is_floating_point()) {
      throw InputError(fmt::format("{}: tensor '{}' holds whole numbers, expected floating-point",
                                   file_, slot.name));
    }
    if (!at::isfinite(tensor).all().item<bool>()) {
      throw InputError(
          fmt::format("{}: tensor '{}' holds values that are not finite", file_, slot.name));
    }
    return tensor;
  }

  void check_known(const std::set<std::string>& known) const {
    for (const auto& [name, tensor] : tensors_) {
      if (known.contains(name) || name.ends_with(".num_batches_tracked")) continue;
      throw InputError(
          fmt::format("{}: tensor '{}' belongs to no layer of the model, expected {} tensors, "
                      "'{}' to '{}'",
                      file_, printable(name, 80), known.size(),
                      net_.parameters.slots().front().name, net_.last_layer + ".bias"));
    }
  }

  models::Classifier& net_;
  const NamedTensors& tensors_;
  const std::string& file_;
};

}  // namespace

bool start_from(models::Classifier& net, const NamedTensors& tensors, const std::string& file) {
  return Start(net, tensors, file).from_file();
}

}  // namespace af::al::weights
