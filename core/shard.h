#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace af {

/// One of the parts that the N rows of a data set are cut into, so that each can be made by itself:
/// part i of k, i counted from 1, holds the rows from floor((i - 1) N / k) to before floor(i N /
/// k).
struct Shard {
  std::uint64_t number = 1;  ///< i
  std::uint64_t count = 1;   ///< k

  /// Reads "2/8". @throws ConfigError
  [[nodiscard]] static Shard parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  /// @throws ConfigError if there are more parts than rows: some would be empty.
  void check(std::uint64_t rows) const;
  [[nodiscard]] std::uint64_t first(std::uint64_t rows) const noexcept;
  [[nodiscard]] std::uint64_t end(std::uint64_t rows) const noexcept;
  bool operator==(const Shard&) const = default;
};

/// File attributes of a part: its `Shard::text()`, and N.
inline constexpr const char* kShardAttribute = "shard";
inline constexpr const char* kWholeRowsAttribute = "rows_of_whole";

}  // namespace af
