#include "core/shard.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <system_error>

#include "core/errors.h"

namespace af {
namespace {

constexpr std::uint64_t kMostShards = 1'000'000;

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Shard Shard::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto number = whole_number(text.substr(0, slash));
    const auto count = whole_number(text.substr(slash + 1));
    if (number && count && *number >= 1 && *number <= *count && *count <= kMostShards) {
      return {*number, *count};
    }
  }
  throw ConfigError(
      fmt::format("shard is '{}'; expected I/K such as 2/8, I from 1 to K and K at most {}", text,
                  kMostShards));
}

std::string Shard::text() const { return fmt::format("{}/{}", number, count); }

void Shard::check(std::uint64_t rows) const {
  if (count <= rows) return;
  throw ConfigError(
      fmt::format("shard is {}, but there are {} rows; expected at most as many "
                  "shards as rows",
                  text(), rows));
}

std::uint64_t Shard::first(std::uint64_t rows) const noexcept {
  // In two steps, so that no product is larger than the rows and the shards are.
  return rows / count * (number - 1) + rows % count * (number - 1) / count;
}

std::uint64_t Shard::end(std::uint64_t rows) const noexcept {
  return Shard{number + 1, count}.first(rows);
}

}  // namespace af
