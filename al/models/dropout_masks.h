#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "core/random.h"

/// Masks of dropout with rate 1/2, drawn from addressed streams: one random bit an element.
namespace af::al {

constexpr std::int64_t kMaskWordBits = 32;

/// Which of a run's predictions is meant.
enum class RowSource : std::uint32_t {
  kPool = 0,
  kTest = 1,
  kWholePool = 2,  ///< One mask for all rows of the pool, as that of row 0.
};

/// Address of the masks of MC-Dropout, but for draw, layer and row. The draw of a mask depends on
/// (seed, source, step, draw, layer, row) alone, so an image gets the same masks in any batch.
struct MaskAddress {
  std::uint64_t seed = 0;
  std::int64_t step = 0;  ///< Below 2^12, as are draws.
  RowSource source = RowSource::kPool;
};

/// Bits for `draws` masks of `width` elements for each of `rows` (row numbers below 2^32).
/// @return [draws * rows, ceil(width / 32)] int32 on the CPU, element 32 w + b is bit b of word w;
///         all rows of draw 0 first.
[[nodiscard]] at::Tensor mc_mask_bits(const MaskAddress& address, std::int64_t draws,
                                      std::int64_t layer, std::span<const std::int64_t> rows,
                                      std::int64_t width);

/// Bits for a training batch, from one stream a (seed, step, epoch, batch, layer).
struct TrainingMaskAddress {
  std::uint64_t seed = 0;
  std::int64_t step = 0;
  std::int64_t epoch = 0;
  std::int64_t batch = 0;
};
[[nodiscard]] at::Tensor training_mask_bits(const TrainingMaskAddress& address, std::int64_t layer,
                                            std::int64_t rows, std::int64_t width);

/// Masks as factors: 2 where the bit is set (kept, scaled by 1 / (1 - rate)), else 0.
/// @return [rows of bits, width] float32 on `device`.
[[nodiscard]] at::Tensor mask_factors(const at::Tensor& bits, std::int64_t width,
                                      at::Device device);
/// The same with LibTorch's operators alone: what `mask_factors` does on devices but the CPU.
[[nodiscard]] at::Tensor mask_factors_by_operators(const at::Tensor& bits, std::int64_t width,
                                                   at::Device device);

}  // namespace af::al
