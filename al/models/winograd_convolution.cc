#include "al/models/winograd_convolution.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include "al/models/block_product.h"
#include "al/models/packing_kernel.h"
#include "al/models/paged_tensor.h"
#include "al/models/winograd_kernel.h"

namespace af::al::models {
namespace {

using winograd::kPatch;
using winograd::kPlanes;
using winograd::kTile;
using winograd::PixelStrides;

constexpr std::int64_t kBlock = WinogradConvolution::kBlock;
static_assert(kBlock == kPackedRows);
constexpr std::int64_t kTaps = 9;    ///< Weights of a channel.
constexpr std::int64_t kGroup = 16;  ///< Input channels whose weights are transformed at once.
/// Tiles that go through at once: enough for the products to outweigh reading the weights, few
/// enough for their planes to stay in the cache.
constexpr std::int64_t kTiles = 64;
/// Floats between rows and between planes beyond what they hold: strides of powers of two would
/// meet in one place of the cache.
constexpr std::int64_t kApart = 16;

/// Maps in channels-last memory.
template <class Float>
struct Maps {
  Float* data;
  std::int64_t height;
  std::int64_t width;
  std::int64_t channels;

  PixelStrides strides() const { return {width * channels, channels}; }
  Float* pixel(std::int64_t image, std::int64_t y, std::int64_t x) const {
    return data + ((image * height + y) * width + x) * channels;
  }
};

/// Tile by tile, image by image.
struct Tiling {
  std::int64_t down;
  std::int64_t across;

  struct Place {
    std::int64_t image;
    std::int64_t y;  ///< Of the tile's first pixel.
    std::int64_t x;
  };
  Place place(std::int64_t tile) const {
    const std::int64_t in_image = tile % (down * across);
    return {tile / (down * across), in_image / across * kTile, in_image % across * kTile};
  }
};

/// What is known of one thread's work: `count` tiles from `first` on.
struct TileBlock {
  Tiling tiling;
  std::int64_t first;
  std::int64_t count;
};

/// What one thread works in.
class Scratch {
 public:
  explicit Scratch(std::int64_t channels)
      : row(channels + kApart),
        plane(kTiles * row + kApart),
        planes_(at::empty({kPlanes * plane}, at::kFloat)),
        sums_(at::empty({kPlanes * kSumsPlane}, at::kFloat)),
        border_(at::empty({kPatch * kPatch * channels}, at::kFloat)),
        tile_(at::empty({kTile * kTile * kBlock}, at::kFloat)) {}

  static constexpr std::int64_t kSumsPlane = kTiles * kBlock + kApart;
  std::int64_t row;    ///< From one tile to the next in the patches' planes.
  std::int64_t plane;  ///< From one plane to the next.
  float* planes() const { return planes_.mutable_data_ptr<float>(); }
  float* sums() const { return sums_.mutable_data_ptr<float>(); }
  float* border() const { return border_.mutable_data_ptr<float>(); }
  float* tile() const { return tile_.mutable_data_ptr<float>(); }

 private:
  at::Tensor planes_;
  at::Tensor sums_;
  at::Tensor border_;
  at::Tensor tile_;
};

/// The planes of the block's patches, with zeros around the maps.
void patches_to_planes(const Maps<const float>& in, const TileBlock& block,
                       const Scratch& scratch) {
  const std::int64_t channels = in.channels;
  for (std::int64_t t = 0; t < block.count; ++t) {
    const auto [image, tile_y, tile_x] = block.tiling.place(block.first + t);
    const std::int64_t y = tile_y - 1;
    const std::int64_t x = tile_x - 1;
    float* out = scratch.planes() + t * scratch.row;
    if (y >= 0 && x >= 0 && y + kPatch <= in.height && x + kPatch <= in.width) {
      winograd::transform_patch(in.pixel(image, y, x), in.strides(), channels, out, scratch.plane);
      continue;
    }
    float* border = scratch.border();
    std::fill_n(border, kPatch * kPatch * channels, 0.F);
    const std::int64_t from = std::max<std::int64_t>(0, -x);
    const std::int64_t to = std::min(kPatch, in.width - x);
    for (std::int64_t i = std::max<std::int64_t>(0, -y); i < std::min(kPatch, in.height - y); ++i) {
      std::copy_n(in.pixel(image, y + i, x + from), (to - from) * channels,
                  border + (i * kPatch + from) * channels);
    }
    winograd::transform_patch(border, {kPatch * channels, channels}, channels, out, scratch.plane);
  }
}

/// The part of a tile [4, 4, 64] that lies in the maps, pooled or not, to the channels from
/// `first`.
void place_tile(const float* tile, const Tiling::Place& place, const Maps<float>& out,
                std::int64_t first, bool pooled) {
  const std::int64_t step = pooled ? 2 : 1;
  const std::int64_t rows = std::min(kTile / step, out.height - place.y / step);
  const std::int64_t columns = std::min(kTile / step, out.width - place.x / step);
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j) {
      const float* from = tile + (i * step * kTile + j * step) * kBlock;
      float* to = out.pixel(place.image, place.y / step + i, place.x / step + j) + first;
      if (pooled) {
        winograd::pool_pixels(from, {kTile * kBlock, kBlock}, kBlock, to);
      } else {
        std::copy_n(from, kBlock, to);
      }
    }
  }
}

/// The patches' planes times the weights' planes of 64 output channels, to the maps' channels from
/// `first` on.
void planes_to_maps(const TileBlock& block, const Scratch& scratch, std::int64_t in_channels,
                    const float* weights, const float* bias, const Maps<float>& out,
                    std::int64_t first, bool pooled) {
  const BlockShape shape{block.count, kBlock, in_channels, scratch.row};
  for (std::int64_t k = 0; k < kPlanes; ++k) {
    multiply_block(shape, scratch.planes() + k * scratch.plane, weights + k * in_channels * kBlock,
                   scratch.sums() + k * Scratch::kSumsPlane,
                   /*add=*/false);
  }
  for (std::int64_t t = 0; t < block.count; ++t) {
    const Tiling::Place place = block.tiling.place(block.first + t);
    const float* sums = scratch.sums() + t * kBlock;
    if (!pooled && place.y + kTile <= out.height && place.x + kTile <= out.width) {
      winograd::transform_products(sums, Scratch::kSumsPlane, bias, kBlock,
                                   out.pixel(place.image, place.y, place.x) + first, out.strides());
      continue;
    }
    winograd::transform_products(sums, Scratch::kSumsPlane, bias, kBlock, scratch.tile(),
                                 {kTile * kBlock, kBlock});
    place_tile(scratch.tile(), place, out, first, pooled);
  }
}

/// A group of input channels, and from one plane [in, 64] of weights to the next.
struct Group {
  std::int64_t count;
  std::int64_t plane;
};

/// The planes of 64 outputs' weights ([64, 3, 3, padded]) for their first input channels.
void weights_to_planes(const float* weights, std::int64_t padded, Group group, float* scratch,
                       float* planes) {
  for (std::int64_t tap = 0; tap < kTaps; ++tap) {
    pack_rows(weights + tap * padded, kTaps * padded, kGroup, scratch + tap * kGroup * kBlock);
  }
  for (std::int64_t c = 0; c < group.count; ++c) {
    winograd::transform_weights(scratch + c * kBlock, kGroup * kBlock, kBlock, planes + c * kBlock,
                                group.plane);
  }
}

}  // namespace

WinogradConvolution::WinogradConvolution(const at::Tensor& weight, const at::Tensor& bias,
                                         bool pooled)
    : in_(weight.size(1)),
      blocks_(weight.size(0) / kBlock),
      planes_(paged_tensor({blocks_, kPlanes, in_, kBlock}, at::kFloat)),
      bias_(bias),
      pooled_(pooled) {
  const std::int64_t groups = (in_ + kGroup - 1) / kGroup;
  const std::int64_t padded = groups * kGroup;
  const at::Tensor by_output =  // [out, 3, 3, padded]
      at::constant_pad_nd(weight.permute({0, 2, 3, 1}), {0, padded - in_}).contiguous();
  const float* from = by_output.const_data_ptr<float>();
  float* to = planes_.mutable_data_ptr<float>();
  at::parallel_for(0, blocks_ * groups, 1, [&](std::int64_t begin, std::int64_t end) {
    const at::Tensor scratch = at::empty({kTaps, kGroup, kBlock}, at::kFloat);
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t block = i / groups;
      const std::int64_t first = i % groups * kGroup;
      weights_to_planes(from + block * kBlock * kTaps * padded + first, padded,
                        {std::min(kGroup, in_ - first), in_ * kBlock},
                        scratch.mutable_data_ptr<float>(),
                        to + (block * kPlanes * in_ + first) * kBlock);
    }
  });
}

at::Tensor WinogradConvolution::operator()(const at::Tensor& x) const {
  const at::Tensor input = x.contiguous(at::MemoryFormat::ChannelsLast);
  const std::int64_t images = x.size(0);
  const Maps<const float> in{input.const_data_ptr<float>(), x.size(2), x.size(3), in_};
  const std::int64_t step = pooled_ ? 2 : 1;
  const at::Tensor output =
      at::empty({images, blocks_ * kBlock, in.height / step, in.width / step},
                at::TensorOptions(at::kFloat).memory_format(at::MemoryFormat::ChannelsLast));
  const Maps<float> out{output.mutable_data_ptr<float>(), output.size(2), output.size(3),
                        blocks_ * kBlock};
  const float* weights = planes_.const_data_ptr<float>();
  const float* bias = bias_.const_data_ptr<float>();

  const Tiling tiling{(in.height + kTile - 1) / kTile, (in.width + kTile - 1) / kTile};
  const std::int64_t tiles = images * tiling.down * tiling.across;
  const std::int64_t tile_blocks = (tiles + kTiles - 1) / kTiles;
  // With fewer blocks of tiles than threads, several threads share one, each for some channels.
  const std::int64_t shares =
      std::clamp<std::int64_t>(at::get_num_threads() / tile_blocks, 1, blocks_);
  at::parallel_for(0, tile_blocks * shares, 1, [&](std::int64_t begin, std::int64_t end) {
    const BlockProducts products;
    const Scratch scratch(in_);
    for (std::int64_t unit = begin; unit < end; ++unit) {
      const std::int64_t first = unit / shares * kTiles;
      const std::int64_t share = unit % shares;
      const TileBlock some{tiling, first, std::min(kTiles, tiles - first)};
      patches_to_planes(in, some, scratch);
      for (std::int64_t b = share * blocks_ / shares; b < (share + 1) * blocks_ / shares; ++b) {
        planes_to_maps(some, scratch, in_, weights + b * kPlanes * in_ * kBlock, bias + b * kBlock,
                       out, b * kBlock, pooled_);
      }
    }
  });
  return output;
}

}  // namespace af::al::models
