#include "al/models/dropped_layer.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "al/models/block_product.h"
#include "al/models/dropout_masks.h"
#include "al/models/mask_kernel.h"
#include "al/models/packing_kernel.h"
#include "al/models/paged_tensor.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kInner = 512;       ///< Inputs whose products are summed at once.
constexpr std::int64_t kRowsAtOnce = 640;  ///< Each pass over them reads all weights.
/// Features that are not 0 are filled up to a multiple of as many: each number of them is a shape.
constexpr std::int64_t kFeatureStep = 32;
/// Values between rows beyond what they hold: strides of powers of two would meet in one place of
/// the cache.
constexpr std::int64_t kApart = 16;
constexpr std::int64_t kLongestRow = kInner + kApart;

/// What all threads read.
struct Draws {
  const float* features;
  std::int64_t images;
  std::int64_t draws;
  std::int64_t inputs;
  std::int64_t outputs;
  const std::int32_t* feature_bits;
  const std::int32_t* hidden_bits;

  std::int64_t blocks() const { return inputs / kInner; }
  std::int64_t row(std::int64_t draw, std::int64_t image) const { return draw * images + image; }
  const std::int32_t* feature_words(std::int64_t row, std::int64_t first) const {
    return feature_bits + (row * inputs + first) / kMaskWordBits;
  }
  const std::int32_t* hidden_words(std::int64_t row, std::int64_t first) const {
    return hidden_bits + (row * outputs + first) / kMaskWordBits;
  }
};

struct ImageRange {
  std::int64_t first;
  std::int64_t count;
};

/// Which of 512 features of an image are not 0. The rectifier before them leaves about half, and
/// products with the others are left out, of all draws alike.
struct Live {
  std::array<std::int32_t, kInner> which{};
  std::int64_t count = 0;

  void find(const float* features) {
    count = 0;
    for (std::int32_t i = 0; i < kInner; ++i) {
      which[static_cast<std::size_t>(count)] = i;
      if (features[i] != 0) ++count;
    }
  }
  /// Of a row of products, those behind `count` with 0.
  std::int64_t inner() const {
    return std::max(kFeatureStep, (count + kFeatureStep - 1) / kFeatureStep * kFeatureStep);
  }
  std::span<const std::int32_t> features() const {
    return {which.data(), static_cast<std::size_t>(count)};
  }
  std::span<const std::int32_t> rows() const {
    return {which.data(), static_cast<std::size_t>(inner())};
  }
};

/// What a pass reads, image by image and block by block of 512 features.
template <class Number>
struct DroppedFeatures {
  std::vector<Live> live;
  at::Tensor values;  ///< [images, blocks, draws, 512 and a gap]: the live ones, their rows closer.
  std::int64_t each;  ///< From one block to the next.

  DroppedFeatures(const Draws& draws, std::int64_t images)
      : live(static_cast<std::size_t>(images * draws.blocks())),
        values(paged_tensor({images, draws.blocks(), draws.draws, kLongestRow},
                            c10::CppTypeToScalarType<Number>::value)),
        each(draws.draws * kLongestRow) {}

  Number* of(std::int64_t block) const { return values.mutable_data_ptr<Number>() + block * each; }
};

template <class Number>
void drop_features(const Draws& draws, ImageRange images, DroppedFeatures<Number>& dropped) {
  const std::int64_t blocks = draws.blocks();
  at::parallel_for(0, images.count * blocks, 1, [&](std::int64_t begin, std::int64_t end) {
    std::array<float, kInner> kept;
    std::array<float, kInner> row;
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t image = images.first + i / blocks;
      const std::int64_t first = i % blocks * kInner;
      const float* x = draws.features + image * draws.inputs + first;
      Live& live = dropped.live[static_cast<std::size_t>(i)];
      live.find(x);
      row.fill(0);
      for (std::int64_t t = 0; t < draws.draws; ++t) {
        drop(x, draws.feature_words(draws.row(t, image), first), kInner, kept.data());
        float* to = row.data();
        for (const std::int32_t feature : live.features()) {
          *to++ = kept[static_cast<std::size_t>(feature)];
        }
        round_values(row.data(), live.inner(), dropped.of(i) + t * (live.inner() + kApart));
      }
    }
  });
}

/// What a thread works in.
template <class Number>
struct Scratch {
  explicit Scratch(std::int64_t rows)
      : weights(at::empty({kInner * kPackedRows}, at::kFloat)),
        rounded(at::empty({kInner * kPackedRows}, c10::CppTypeToScalarType<Number>::value)),
        taken(at::empty_like(rounded)),
        sums(at::empty({rows * kPackedRows}, at::kFloat)) {}

  at::Tensor weights;  ///< [512, 64]
  at::Tensor rounded;  ///< The same.
  at::Tensor taken;    ///< Those of the live features.
  at::Tensor sums;     ///< [images, draws, 64]
};

/// The sums of 64 outputs over all inputs.
template <class Number>
void sum_products(const Draws& draws, std::int64_t images, const DroppedFeatures<Number>& dropped,
                  const float* weights, const Scratch<Number>& scratch) {
  auto* rounded = scratch.rounded.template mutable_data_ptr<Number>();
  auto* taken = scratch.taken.template mutable_data_ptr<Number>();
  float* sums = scratch.sums.template mutable_data_ptr<float>();
  for (std::int64_t block = 0; block < draws.blocks(); ++block) {
    float* packed = scratch.weights.template mutable_data_ptr<float>();
    pack_rows(weights + block * kInner, draws.inputs, kInner, packed);
    round_values(packed, kInner * kPackedRows, rounded);
    for (std::int64_t image = 0; image < images; ++image) {
      const std::int64_t i = image * draws.blocks() + block;
      const Live& live = dropped.live[static_cast<std::size_t>(i)];
      take_rows(rounded, live.rows(), taken);
      const BlockShape shape{draws.draws, kPackedRows, live.inner(), live.inner() + kApart};
      multiply_block(shape, dropped.of(i), taken, sums + image * draws.draws * kPackedRows,
                     block > 0);
    }
  }
}

template <class Number>
void dropped_images(const LinearLayer& layer, const Draws& draws, ImageRange images,
                    DroppedFeatures<Number>& dropped, float* hidden) {
  drop_features(draws, images, dropped);
  const float* weights = layer.weight.const_data_ptr<float>();
  const float* bias = layer.bias.const_data_ptr<float>();
  at::parallel_for(0, draws.outputs / kPackedRows, 1, [&](std::int64_t begin, std::int64_t end) {
    const BlockProducts products;
    const Scratch<Number> scratch(images.count * draws.draws);
    for (std::int64_t first = begin * kPackedRows; first < end * kPackedRows;
         first += kPackedRows) {
      sum_products(draws, images.count, dropped, weights + first * draws.inputs, scratch);
      const float* sums = scratch.sums.template const_data_ptr<float>();
      for (std::int64_t i = 0; i < images.count * draws.draws; ++i) {
        const std::int64_t row = draws.row(i % draws.draws, images.first + i / draws.draws);
        rectify_and_drop(sums + i * kPackedRows, bias + first, draws.hidden_words(row, first),
                         kPackedRows, hidden + row * draws.outputs + first);
      }
    }
  });
}

template <class Number>
void all_images(const LinearLayer& layer, const Draws& draws, float* hidden) {
  const std::int64_t most =
      std::min(draws.images, std::max<std::int64_t>(1, kRowsAtOnce / draws.draws));
  DroppedFeatures<Number> dropped(draws, most);
  for (std::int64_t first = 0; first < draws.images; first += most) {
    dropped_images(layer, draws, {first, std::min(most, draws.images - first)}, dropped, hidden);
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
                    feature_bits.size(0) / x.size(0),
                    layer.weight.size(1),
                    layer.weight.size(0),
                    feature_bits.const_data_ptr<std::int32_t>(),
                    hidden_bits.const_data_ptr<std::int32_t>()};
  at::Tensor hidden = paged_tensor({feature_bits.size(0), draws.outputs}, at::kFloat);
  if (bfloat16) {
    all_images<c10::BFloat16>(layer, draws, hidden.mutable_data_ptr<float>());
  } else {
    all_images<float>(layer, draws, hidden.mutable_data_ptr<float>());
  }
  return hidden;
}

}  // namespace af::al::models
