#include "al/images/image_fit.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/errors.h"

namespace af::al {
namespace {

ImageShape resized_shape(const ImageShape& from, const ImageFit& fit) {
  const auto side = [&](std::int64_t one) { return fit.resize.value_or(one); };
  return {side(from.height), side(from.width), from.channels};
}

ImageShape averaged_shape(const ImageShape& from, std::int64_t size) {
  return {from.height / size, from.width / size, from.channels};
}

std::vector<std::uint8_t> resized(std::span<const std::uint8_t> image, const ImageShape& from,
                                  const ImageShape& to) {
  at::Tensor bytes = at::empty({1, from.height, from.width, from.channels}, at::kByte);
  std::ranges::copy(image, bytes.mutable_data_ptr<std::uint8_t>());
  const at::Tensor planes = bytes.permute({0, 3, 1, 2}).to(at::kFloat).contiguous();
  const at::Tensor result = at::_upsample_bilinear2d_aa(planes, {to.height, to.width}, false)
                                .add_(.5)
                                .floor_()
                                .clamp_(0, 255)
                                .to(at::kByte)
                                .permute({0, 2, 3, 1})
                                .contiguous();
  const std::uint8_t* data = result.const_data_ptr<std::uint8_t>();
  return {data, data + result.numel()};
}

void average(std::span<const std::uint8_t> image, std::size_t width, std::size_t size,
             const ImageShape& to, std::span<std::uint8_t> out) {
  const auto area = static_cast<unsigned>(size * size);
  const auto channels = static_cast<std::size_t>(to.channels);
  std::size_t at = 0;
  for (std::size_t y = 0; y < static_cast<std::size_t>(to.height); ++y) {
    for (std::size_t x = 0; x < static_cast<std::size_t>(to.width); ++x) {
      for (std::size_t c = 0; c < channels; ++c) {
        unsigned sum = area / 2;
        for (std::size_t dy = 0; dy < size; ++dy) {
          for (std::size_t dx = 0; dx < size; ++dx) {
            sum += image[((y * size + dy) * width + x * size + dx) * channels + c];
          }
        }
        out[at++] = static_cast<std::uint8_t>(sum / area);
      }
    }
  }
}

}  // namespace

ImageShape fitted_shape(const ImageShape& from, const ImageFit& fit, const std::string& where) {
  const ImageShape to = averaged_shape(resized_shape(from, fit), fit.downscale);
  const auto [low, high] = std::minmax(to.height, to.width);
  if (low >= kLeastSide && high <= kLargestSide) return to;
  throw InputError(fmt::format(
      "{}: images of {}x{} pixels are {}x{} once they are {}averaged by {}, expected sides from {} "
      "to {}; --resize and --downscale change them",
      where, from.height, from.width, to.height, to.width, fit.resize ? "resized and " : "",
      fit.downscale, kLeastSide, kLargestSide));
}

void fit_image(std::span<const std::uint8_t> image, const ImageShape& from, const ImageFit& fit,
               std::span<std::uint8_t> out) {
  const ImageShape middle = resized_shape(from, fit);
  std::vector<std::uint8_t> resampled;
  if (middle != from) {
    resampled = resized(image, from, middle);
    image = resampled;
  }
  average(image, static_cast<std::size_t>(middle.width), static_cast<std::size_t>(fit.downscale),
          averaged_shape(middle, fit.downscale), out);
}

}  // namespace af::al
