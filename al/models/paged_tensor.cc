#include "al/models/paged_tensor.h"

#include <ATen/ATen.h>

#include <memory>

#include "core/pages.h"

namespace af::al::models {

at::Tensor paged_tensor(at::IntArrayRef sizes, at::ScalarType type) {
  std::size_t bytes = c10::elementSize(type);
  for (const std::int64_t size : sizes) bytes *= static_cast<std::size_t>(size);
  const auto pages = std::make_shared<Pages>(bytes);
  return at::from_blob(
      pages->bytes().data(), sizes, [pages](void*) {}, at::TensorOptions(type));
}

}  // namespace af::al::models
