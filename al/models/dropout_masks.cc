#include "al/models/dropout_masks.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <array>

namespace af::al {
namespace {

constexpr std::int64_t kMasksAtOnce = 256;  ///< A thread's least work.

std::int64_t words_for(std::int64_t width) { return (width + kMaskWordBits - 1) / kMaskWordBits; }

at::Tensor empty_bits(std::int64_t rows, std::int64_t width) {
  return at::empty({rows, words_for(width)}, at::kInt);
}

void fill(Stream& stream, std::span<std::int32_t> words) {
  for (std::int32_t& word : words) word = static_cast<std::int32_t>(stream.bits());
}

/// Address of one row's mask: source 4 bits, layer 4, step 12, draw 12, row 32.
std::uint64_t mask_index(const MaskAddress& address, std::int64_t draw, std::int64_t layer,
                         std::int64_t row) {
  return static_cast<std::uint64_t>(address.source) << 60 |
         static_cast<std::uint64_t>(layer) << 56 | static_cast<std::uint64_t>(address.step) << 44 |
         static_cast<std::uint64_t>(draw) << 32 | static_cast<std::uint64_t>(row);
}

/// For each byte, its eight bits as factors: copying beats testing bit by bit.
constexpr auto kFactorsOfByte = [] {
  std::array<std::array<float, 8>, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    for (std::size_t bit = 0; bit < 8; ++bit) table[byte][bit] = (byte >> bit & 1) != 0 ? 2.F : 0.F;
  }
  return table;
}();

at::Tensor factors_on_cpu(const at::Tensor& bits, std::int64_t width) {
  const std::int64_t words = bits.size(1);
  const at::Tensor factors = at::empty({bits.size(0), words * kMaskWordBits}, at::kFloat);
  const std::int32_t* in = bits.const_data_ptr<std::int32_t>();
  float* out = factors.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < bits.numel(); ++i) {
    const auto word = static_cast<std::uint32_t>(in[i]);
    for (std::uint32_t byte = 0; byte < 4; ++byte) {
      const std::array<float, 8>& eight = kFactorsOfByte[word >> (8 * byte) & 0xFF];
      out = std::copy(eight.begin(), eight.end(), out);
    }
  }
  return factors.narrow(1, 0, width);
}

}  // namespace

at::Tensor mc_mask_bits(const MaskAddress& address, std::int64_t draws, std::int64_t layer,
                        std::span<const std::int64_t> rows, std::int64_t width) {
  const at::Tensor bits = empty_bits(draws * static_cast<std::int64_t>(rows.size()), width);
  const auto words = static_cast<std::size_t>(words_for(width));
  std::int32_t* const out = bits.mutable_data_ptr<std::int32_t>();
  const auto count = static_cast<std::int64_t>(rows.size());
  at::parallel_for(0, draws * count, kMasksAtOnce, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t row = rows[static_cast<std::size_t>(i % count)];
      Stream stream(address.seed, Purpose::kMcDropout, mask_index(address, i / count, layer, row));
      fill(stream, {out + static_cast<std::size_t>(i) * words, words});
    }
  });
  return bits;
}

at::Tensor training_mask_bits(const TrainingMaskAddress& address, std::int64_t layer,
                              std::int64_t rows, std::int64_t width) {
  const at::Tensor bits = empty_bits(rows, width);
  // Step 12 bits, epoch 16, batch 32, layer 4.
  const std::uint64_t index = static_cast<std::uint64_t>(address.step) << 52 |
                              static_cast<std::uint64_t>(address.epoch) << 36 |
                              static_cast<std::uint64_t>(address.batch) << 4 |
                              static_cast<std::uint64_t>(layer);
  Stream stream(address.seed, Purpose::kTrainDropout, index);
  fill(stream, {bits.mutable_data_ptr<std::int32_t>(), static_cast<std::size_t>(bits.numel())});
  return bits;
}

at::Tensor mask_factors(const at::Tensor& bits, std::int64_t width, at::Device device) {
  return device.is_cpu() ? factors_on_cpu(bits, width)
                         : mask_factors_by_operators(bits, width, device);
}

at::Tensor mask_factors_by_operators(const at::Tensor& bits, std::int64_t width,
                                     at::Device device) {
  // 32 times less travels to the device if the bits are taken apart there.
  const at::Tensor shifts = at::arange(kMaskWordBits, at::TensorOptions(device).dtype(at::kInt));
  return bits.to(device)
      .unsqueeze(-1)
      .bitwise_right_shift(shifts)
      .bitwise_and(1)
      .mul(2)
      .to(at::kFloat)
      .flatten(1)
      .narrow(1, 0, width);
}

}  // namespace af::al
