#include "tests/al/synthetic_data.h"

#include <span>

#include "core/dataset_writer.h"
#include "core/random.h"

namespace af::test {
namespace {

void draw(std::span<std::uint8_t> image, std::uint64_t side, bool cross, bool red, Stream& stream) {
  for (std::uint8_t& value : image) value = static_cast<std::uint8_t>(stream.below(80));
  const std::uint64_t at = side / 4 + stream.below(static_cast<std::uint32_t>(side / 2));
  for (std::uint64_t i = 2; i < side - 2; ++i) {
    const auto paint = [&](std::uint64_t y, std::uint64_t x) {
      image[(y * side + x) * 3 + (red ? 0 : 2)] = 230;
    };
    paint(i, at);
    paint(i, at - 1);
    if (cross) paint(side / 2, i);
    if (cross) paint(side / 2 - 1, i);
  }
}

}  // namespace

void write_synthetic(const std::filesystem::path& path, const SyntheticData& data) {
  const std::vector<Column> columns{
      {data.image_column, ElementType::kUint8, {data.side, data.side, 3}, {}},
      {"char", ElementType::kEnum, {}, data.chars},
      {"color", ElementType::kEnum, {}, data.colors}};
  RowBlock block(columns, data.rows);
  for (std::uint64_t row = 0; row < data.rows; ++row) {
    Stream stream(data.seed, Purpose::kTest, row);
    auto color = static_cast<std::uint16_t>(stream.below(2));
    auto character = static_cast<std::uint16_t>(stream.uniform() < data.p ? color : 1 - color);
    draw(block.item<std::uint8_t>(0, row), data.side, character == 1, color == 1, stream);
    if (data.relabel) data.relabel(row, character, color);
    block.item<std::uint16_t>(1, row)[0] = character;
    block.item<std::uint16_t>(2, row)[0] = color;
  }
  block.set_rows(data.rows);
  DatasetWriter writer(path, columns, data.rows, {}, {.overwrite = true});
  writer.append(block);
  writer.close();
}

}  // namespace af::test
