#include "audit/inputs/bins.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/counts/contingency_table.h"
#include "core/errors.h"

namespace af::audit {
namespace {

/// @param at  0: below the first edge.
std::string name_at(const std::vector<double>& edges, std::size_t at) {
  if (at == 0) return fmt::format("<{}", edges.front());
  if (at == edges.size()) return fmt::format(">={}", edges.back());
  return fmt::format("[{}, {})", edges[at - 1], edges[at]);
}

}  // namespace

std::string Bins::name_of(double number) const {
  const auto above = std::ranges::upper_bound(edges, number);
  return name_at(edges, static_cast<std::size_t>(above - edges.begin()));
}

std::vector<std::string> Bins::names() const {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= edges.size(); ++at) names.push_back(name_at(edges, at));
  return names;
}

Bins parse_bins(std::string_view text) {
  const auto refuse = [&](const std::string& why) {
    throw ConfigError(fmt::format(
        "option --bins is '{}': {}; expected COLUMN=EDGE,EDGE,... with ascending numbers", text,
        why));
  };
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0) refuse("it names no column");
  Bins bins{.column = std::string(text.substr(0, equals)), .edges = {}};
  for (std::size_t at = equals + 1; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const std::optional<double> edge = as_number(word);
    if (!edge) refuse(fmt::format("'{}' is no number", word));
    if (!bins.edges.empty() && *edge <= bins.edges.back()) refuse("the edges do not ascend");
    bins.edges.push_back(*edge);
    at = end + 1;
  }
  return bins;
}

}  // namespace af::audit
