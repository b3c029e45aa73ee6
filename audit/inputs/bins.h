#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace af::audit {

/// Ranges that the numbers of a column fall into: below the first edge, [edge, next edge), from
/// the last edge on.
struct Bins {
  std::string column;
  std::vector<double> edges;  ///< Ascending, at least one.

  /// The range's name: "<18", "[18, 40)", ">=65".
  [[nodiscard]] std::string name_of(double number) const;
  /// All ranges' names, ascending.
  [[nodiscard]] std::vector<std::string> names() const;
};

/// Reads "age=18,40,65". @throws ConfigError
[[nodiscard]] Bins parse_bins(std::string_view text);

}  // namespace af::audit
