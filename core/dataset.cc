#include "core/dataset.h"

#include <functional>
#include <numeric>
#include <stdexcept>

namespace af {

std::size_t element_bytes(ElementType type) {
  switch (type) {
    case ElementType::kText:
    case ElementType::kUint8: return 1;
    case ElementType::kUint16:
    case ElementType::kEnum: return 2;
    case ElementType::kInt32:
    case ElementType::kFloat32: return 4;
    case ElementType::kInt64:
    case ElementType::kFloat64: return 8;
  }
  return 0;
}

std::uint64_t Column::item_elements() const {
  return std::accumulate(item_shape.begin(), item_shape.end(), std::uint64_t{1},
                         std::multiplies<>());
}

std::size_t Column::item_bytes() const {
  const std::size_t element = type == ElementType::kText ? text_bytes : element_bytes(type);
  return static_cast<std::size_t>(item_elements()) * element;
}

std::vector<std::string> names_of(std::span<const Column> columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

namespace {

std::size_t pages_for(std::span<const Column> columns, std::size_t capacity) {
  std::size_t bytes = 0;
  for (const Column& column : columns) bytes += whole_pages(capacity * column.item_bytes());
  return bytes;
}

}  // namespace

RowBlock::RowBlock(std::span<const Column> columns, std::size_t capacity)
    : capacity_(capacity), pages_(pages_for(columns, capacity)) {
  data_.reserve(columns.size());
  std::span<std::byte> left = pages_.bytes();
  for (const Column& column : columns) {
    const std::size_t bytes = capacity * column.item_bytes();
    data_.push_back(left.first(bytes));
    left = left.subspan(whole_pages(bytes));
  }
}

void RowBlock::set_rows(std::size_t rows) {
  if (rows > capacity_) throw std::out_of_range("more rows than the block holds");
  rows_ = rows;
}

}  // namespace af
