#include "fonts/characters.h"

#include <fmt/format.h>

#include <cstddef>

#include "core/errors.h"

namespace af::fonts {
namespace {

struct Decoded {
  std::size_t bytes;  ///< Length of the sequence; 0 if its first byte begins none.
  char32_t bits;      ///< What the first byte adds.
  char32_t lowest;    ///< The least code point that needs so many bytes.
};

Decoded first_byte(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if ((byte & 0xE0) == 0xC0) return {2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0) == 0xE0) return {3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8) == 0xF0) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

std::optional<char32_t> code_point(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const Decoded first = first_byte(static_cast<unsigned char>(text.front()));
  if (first.bytes == 0 || text.size() != first.bytes) return std::nullopt;
  char32_t value = first.bits;
  for (const char c : text.substr(1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    value = value << 6 | (byte & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < first.lowest || value > 0x10FFFF || surrogate) return std::nullopt;
  return value;
}

std::string to_utf8(char32_t c) {
  const auto byte = [](char32_t bits) {
    return static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  if (c < 0x10000) {
    return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
  }
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)),
          byte(0x80 | (c & 0x3F))};
}

std::u32string code_points(std::string_view text) {
  std::u32string found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = first_byte(static_cast<unsigned char>(text[at])).bytes;
    const auto character = code_point(text.substr(at, bytes));
    if (!character) throw InputError(fmt::format("byte {} begins no character in UTF-8", at));
    found.push_back(*character);
    at += bytes;
  }
  return found;
}

std::string named(char32_t character) {
  return fmt::format("'{}' (U+{:04X})", to_utf8(character), static_cast<std::uint32_t>(character));
}

}  // namespace af::fonts
