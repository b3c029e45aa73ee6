#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// The networks by name. No LibTorch here: names are for configurations.
namespace af::al::models {

[[nodiscard]] std::vector<std::string> model_names();
/// Edge of the squares that are averaged at load if the configuration does not say.
[[nodiscard]] std::int64_t default_downscale(const std::string& name);
/// Whether weights that ImageNet's images were learnt with are published for it, torchvision's.
[[nodiscard]] bool has_imagenet_weights(const std::string& name);
/// @throws InputError if images of `height` x `width` pixels are too small for the network.
void check_image_size(const std::string& name, std::int64_t height, std::int64_t width);

}  // namespace af::al::models
