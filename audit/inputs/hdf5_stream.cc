#include "audit/inputs/hdf5_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <span>
#include <string_view>

#include "core/errors.h"

namespace af::audit {
namespace {

constexpr std::uint64_t kBlockRows = 1 << 14;

template <class T>
T element(std::span<const std::byte> raw, std::size_t row) {
  T value;
  std::memcpy(&value, raw.data() + row * sizeof(T), sizeof(T));
  return value;
}

template <class T>
void append(std::string& to, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) return;
  }
  fmt::format_to(std::back_inserter(to), "{}", value);
}

}  // namespace

Hdf5Stream::Hdf5Stream(const std::filesystem::path& path, const std::vector<std::string>& columns)
    : reader_(path, FileKind::kAnyHdf5), texts_(columns.size()) {
  for (const std::string& name : columns) {
    columns_.push_back(&reader_.column(name));
    if (columns_.back()->item_elements() != 1) {
      throw InputError(fmt::format("{}: column '{}' has {} elements a row; expected one",
                                   path.string(), name, columns_.back()->item_elements()));
    }
  }
}

bool Hdf5Stream::next() {
  first_ += count_;
  count_ = std::min(kBlockRows, reader_.rows() - first_);
  if (count_ == 0) return false;
  for (std::size_t column = 0; column < columns_.size(); ++column) read(column);
  return true;
}

void Hdf5Stream::read(std::size_t at) {
  const Column& column = *columns_[at];
  raw_.resize(count_ * column.item_bytes());
  reader_.read(column.name, first_, count_, raw_);
  Text& text = texts_[at];
  text.bytes.clear();
  text.offsets.assign(1, 0);
  for (std::size_t row = 0; row < count_; ++row) {
    switch (column.type) {
      case ElementType::kUint8: append(text.bytes, element<std::uint8_t>(raw_, row)); break;
      case ElementType::kUint16: append(text.bytes, element<std::uint16_t>(raw_, row)); break;
      case ElementType::kInt32: append(text.bytes, element<std::int32_t>(raw_, row)); break;
      case ElementType::kInt64: append(text.bytes, element<std::int64_t>(raw_, row)); break;
      case ElementType::kFloat32: append(text.bytes, element<float>(raw_, row)); break;
      case ElementType::kFloat64: append(text.bytes, element<double>(raw_, row)); break;
      case ElementType::kText: {
        const std::string_view item(
            reinterpret_cast<const char*>(raw_.data()) + row * column.text_bytes,
            column.text_bytes);
        text.bytes += item.substr(0, item.find('\0'));
        break;
      }
      case ElementType::kEnum: {
        const auto code = element<std::uint16_t>(raw_, row);
        if (code >= column.vocabulary.size()) {
          throw InputError(fmt::format("{}: column '{}' has a code that is not in its vocabulary",
                                       place(row), column.name));
        }
        text.bytes += column.vocabulary[code];
      }
    }
    text.offsets.push_back(static_cast<std::int32_t>(text.bytes.size()));
  }
}

ColumnTexts Hdf5Stream::texts(std::size_t column) const {
  return {texts_[column].offsets.data(), texts_[column].bytes.data()};
}

std::string Hdf5Stream::place(std::size_t row) const {
  return fmt::format("{}, row {}", reader_.path().string(), first_ + row);
}

}  // namespace af::audit
