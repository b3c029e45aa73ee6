#include "al/methods/group_balance.h"

#include <map>

namespace af::al::methods {
namespace {

/// The positions of each group's rows, by group.
std::map<std::int64_t, std::vector<std::int64_t>> members_of(std::span<const std::int64_t> cells) {
  std::map<std::int64_t, std::vector<std::int64_t>> members;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    members[cells[i]].push_back(static_cast<std::int64_t>(i));
  }
  return members;
}

}  // namespace

std::vector<double> balanced_weights(std::span<const std::int64_t> cells) {
  const auto members = members_of(cells);
  const double share = static_cast<double>(cells.size()) / static_cast<double>(members.size());
  std::vector<double> weights;
  for (const std::int64_t cell : cells) {
    weights.push_back(share / static_cast<double>(members.at(cell).size()));
  }
  return weights;
}

std::vector<std::int64_t> balanced_draws(std::span<const std::int64_t> cells, Stream stream) {
  std::vector<std::vector<std::int64_t>> groups;
  for (auto& [cell, rows] : members_of(cells)) groups.push_back(rows);
  std::vector<std::int64_t> drawn;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto& rows = groups[stream.below(static_cast<std::uint32_t>(groups.size()))];
    drawn.push_back(rows[stream.below(static_cast<std::uint32_t>(rows.size()))]);
  }
  return drawn;
}

}  // namespace af::al::methods
