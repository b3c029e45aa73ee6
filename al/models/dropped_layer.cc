#include "al/models/dropped_layer.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <array>

#include "al/models/block_product.h"
#include "al/models/dropout_masks.h"
#include "al/models/mask_kernel.h"
#include "al/models/packing_kernel.h"
#include "al/models/paged_tensor.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kInner = 512;       ///< Inputs whose products are summed at once.
constexpr std::int64_t kRows = 64;         ///< Of a product.
constexpr std::int64_t kRowsAtOnce = 640;  ///< Each pass over them reads all weights.
/// Values between rows beyond what they hold: strides of powers of two would meet in one place of
/// the cache.
constexpr std::int64_t kApart = 16;
constexpr std::int64_t kRowStride = kInner + kApart;

/// What all threads read.
struct Draws {
  const float* features;
  std::int64_t images;
  std::int64_t inputs;
  std::int64_t outputs;
  const std::int32_t* feature_bits;
  const std::int32_t* hidden_bits;

  const std::int32_t* feature_words(std::int64_t row, std::int64_t first) const {
    return feature_bits + (row * inputs + first) / kMaskWordBits;
  }
  const std::int32_t* hidden_words(std::int64_t row, std::int64_t first) const {
    return hidden_bits + (row * outputs + first) / kMaskWordBits;
  }
};

/// Rows of the draws from `first` on.
struct RowRange {
  std::int64_t first;
  std::int64_t count;
};

/// The dropped features, [inputs / 512, rows, 512 and a gap].
template <class Number>
void drop_rows(const Draws& draws, RowRange rows, Number* out) {
  at::parallel_for(0, rows.count, kRows, [&](std::int64_t begin, std::int64_t end) {
    std::array<float, kInner> kept;
    for (std::int64_t row = begin; row < end; ++row) {
      const std::int64_t draw_row = rows.first + row;
      const float* x = draws.features + draw_row % draws.images * draws.inputs;
      for (std::int64_t first = 0; first < draws.inputs; first += kInner) {
        drop(x + first, draws.feature_words(draw_row, first), kInner, kept.data());
        round_values(kept.data(), kInner, out + (first / kInner * rows.count + row) * kRowStride);
      }
    }
  });
}

/// Rows times one block of weights, summed: [rows, 64].
template <class Number>
void multiply_rows(const Draws& draws, std::int64_t rows, const Number* dropped,
                   const float* weights, Number* packed, float* sums) {
  for (std::int64_t first = 0; first < draws.inputs; first += kInner) {
    pack_rows(weights + first, draws.inputs, kInner, packed);
    const Number* part = dropped + first / kInner * rows * kRowStride;
    for (std::int64_t row = 0; row < rows; row += kRows) {
      const BlockShape shape{std::min(kRows, rows - row), kPackedRows, kInner, kRowStride};
      multiply_block(shape, part + row * kRowStride, packed, sums + row * kPackedRows, first > 0);
    }
  }
}

template <class Number>
void dropped_rows(const LinearLayer& layer, const Draws& draws, RowRange rows, Number* dropped,
                  float* hidden) {
  drop_rows(draws, rows, dropped);
  const float* weights = layer.weight.const_data_ptr<float>();
  const float* bias = layer.bias.const_data_ptr<float>();
  at::parallel_for(0, draws.outputs / kPackedRows, 1, [&](std::int64_t begin, std::int64_t end) {
    const BlockProducts products;
    const at::Tensor packed =
        at::empty({kInner * kPackedRows}, c10::CppTypeToScalarType<Number>::value);
    const at::Tensor scratch = at::empty({rows.count * kPackedRows}, at::kFloat);
    float* sums = scratch.mutable_data_ptr<float>();
    for (std::int64_t block = begin; block < end; ++block) {
      const std::int64_t first = block * kPackedRows;
      multiply_rows(draws, rows.count, dropped, weights + first * draws.inputs,
                    packed.mutable_data_ptr<Number>(), sums);
      for (std::int64_t row = 0; row < rows.count; ++row) {
        const std::int64_t draw_row = rows.first + row;
        rectify_and_drop(sums + row * kPackedRows, bias + first,
                         draws.hidden_words(draw_row, first), kPackedRows,
                         hidden + draw_row * draws.outputs + first);
      }
    }
  });
}

template <class Number>
void all_rows(const LinearLayer& layer, const Draws& draws, std::int64_t rows, float* hidden) {
  const std::int64_t most = std::min(rows, kRowsAtOnce);
  const at::Tensor dropped = paged_tensor({draws.inputs / kInner, most, kRowStride},
                                          c10::CppTypeToScalarType<Number>::value);
  for (std::int64_t first = 0; first < rows; first += most) {
    dropped_rows(layer, draws, {first, std::min(most, rows - first)},
                 dropped.mutable_data_ptr<Number>(), hidden);
  }
}

}  // namespace

bool has_dropped_layer(const LinearLayer& layer, bool bfloat16) {
  return layer.weight.is_cpu() && layer.weight.size(0) % kPackedRows == 0 &&
         layer.weight.size(1) % kInner == 0 &&
         (bfloat16 ? multiplies_bfloat16() : multiplies_blocks());
}

at::Tensor dropped_layer(const LinearLayer& layer, const at::Tensor& features,
                         const at::Tensor& feature_bits, const at::Tensor& hidden_bits,
                         bool bfloat16) {
  const at::Tensor x = features.contiguous();
  const Draws draws{x.const_data_ptr<float>(),
                    x.size(0),
                    layer.weight.size(1),
                    layer.weight.size(0),
                    feature_bits.const_data_ptr<std::int32_t>(),
                    hidden_bits.const_data_ptr<std::int32_t>()};
  const std::int64_t rows = feature_bits.size(0);
  at::Tensor hidden = paged_tensor({rows, draws.outputs}, at::kFloat);
  if (bfloat16) {
    all_rows<c10::BFloat16>(layer, draws, rows, hidden.mutable_data_ptr<float>());
  } else {
    all_rows<float>(layer, draws, rows, hidden.mutable_data_ptr<float>());
  }
  return hidden;
}

}  // namespace af::al::models
