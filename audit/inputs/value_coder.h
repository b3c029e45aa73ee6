#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace af::audit {

/// Numbers the distinct texts of a column 0, 1, 2, ... as they first appear. Made for few distinct
/// values over many rows: a small cache that is probed once answers nearly always.
class ValueCoder {
 public:
  [[nodiscard]] std::uint32_t code(std::string_view text) {
    std::uint32_t& cached = cache_[slot(text)];
    if (cached < values_.size() && values_[cached] == text) return cached;
    cached = look_up(text);
    return cached;
  }
  [[nodiscard]] const std::vector<std::string>& values() const noexcept { return values_; }

 private:
  static constexpr std::size_t kSlots = 256;

  static std::size_t slot(std::string_view text) {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    return (byte(0) * 7U + byte(text.size() / 2) * 5U + byte(text.size() - 1) * 3U + text.size()) %
           kSlots;
  }
  std::uint32_t look_up(std::string_view text) {
    const auto [found, is_new] =
        codes_.try_emplace(std::string(text), static_cast<std::uint32_t>(values_.size()));
    if (is_new) values_.emplace_back(text);
    return found->second;
  }

  std::array<std::uint32_t, kSlots> cache_{};
  std::unordered_map<std::string, std::uint32_t> codes_;
  std::vector<std::string> values_;
};

}  // namespace af::audit
