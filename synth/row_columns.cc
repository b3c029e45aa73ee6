#include "synth/row_columns.h"

#include <algorithm>
#include <cstring>

namespace af::synth {
namespace {

constexpr std::size_t kImageColumn = 0;
constexpr std::size_t kMaskColumn = 1;
constexpr std::size_t kPixelColumns = 2;

/// A pattern read from a file that holds single gradients only says in its kind what they are, and
/// as many strokes are listed as have a width.
void complete(Pattern& pattern) {
  while (!pattern.strokes.empty() && pattern.strokes.back().width == 0.0) {
    pattern.strokes.pop_back();
  }
  if (pattern.kind != PatternKind::kLinear && pattern.kind != PatternKind::kRadial) return;
  pattern.gradient_count = 1;
  pattern.gradients[0].kind =
      pattern.kind == PatternKind::kLinear ? GradientKind::kLinear : GradientKind::kRadial;
}

}  // namespace

std::vector<Column> pixel_columns(const ImageFormat& image) {
  const auto side = static_cast<std::uint64_t>(image.resolution);
  const auto channels = static_cast<std::uint64_t>(image.channels);
  std::vector<Column> columns{{"x", ElementType::kUint8, {side, side, channels}, {}},
                              {"mask", ElementType::kUint8, {side, side}, {}}};
  if (image.masks == MaskKind::kEach) columns.back().item_shape.push_back(image.mask_layers);
  return columns;
}

RowColumns::RowColumns(const RowFormat& format)
    : fields_(describe_rows(format)),
      columns_(pixel_columns(format.image)),
      symbols_(format.symbols),
      background_strokes_(format.background.strokes),
      foreground_strokes_(std::max(format.foreground.strokes, format.layers.strokes)) {
  for (const RowField& field : fields_) columns_.push_back(field.column);
}

std::span<std::uint8_t> RowColumns::image(RowBlock& block, std::size_t row) {
  return block.item<std::uint8_t>(kImageColumn, row);
}

std::span<std::uint8_t> RowColumns::mask(RowBlock& block, std::size_t row) {
  return block.item<std::uint8_t>(kMaskColumn, row);
}

void RowColumns::store(Row& row, RowBlock& block, std::size_t at) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const RowField& field = fields_[i];
    std::byte* to = block.item<std::byte>(kPixelColumns + i, at).data();
    for (std::size_t k = 0; k < field.count; ++k, to += field.value_bytes) {
      const std::byte* from = field.at(row, k);
      if (from != nullptr) {
        std::memcpy(to, from, field.value_bytes);
      } else {
        std::memset(to, 0, field.value_bytes);
      }
    }
  }
}

std::span<const Column> RowColumns::attribute_columns() const {
  return std::span(columns_).subspan(kPixelColumns);
}

RowBlock RowColumns::attribute_block(std::size_t rows) const { return {attribute_columns(), rows}; }

void RowColumns::read(const DatasetReader& file, std::uint64_t first, std::uint64_t count,
                      RowBlock& block) const {
  block.set_rows(count);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const RowField& field = fields_[i];
    file.read(field.column.name, first, count,
              block.bytes(i).first(count * field.count * field.value_bytes));
  }
}

void RowColumns::load(const RowBlock& block, std::size_t at, Row& row) const {
  row.scene.symbols.resize(symbols_);
  row.scene.background.strokes.assign(background_strokes_, {});
  for (Symbol& symbol : row.scene.symbols)
    symbol.foreground.strokes.assign(foreground_strokes_, {});
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const RowField& field = fields_[i];
    const std::byte* from = block.bytes(i).data() + at * field.count * field.value_bytes;
    for (std::size_t k = 0; k < field.count; ++k, from += field.value_bytes) {
      std::memcpy(field.at(row, k), from, field.value_bytes);
    }
  }
  row.scene.symbols.resize(std::size_t{1} + row.layers);
  for (Symbol& symbol : row.scene.symbols) complete(symbol.foreground);
  complete(row.scene.background);
}

}  // namespace af::synth
