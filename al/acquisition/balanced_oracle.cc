#include "al/acquisition/balanced_oracle.h"

#include <algorithm>

#include "al/acquisition/random.h"

namespace af::al::acquisition {
namespace {

/// A part of the pool: how many of its rows are labelled, and its candidates, the next one last.
struct Part {
  std::int64_t labelled = 0;
  std::vector<std::int64_t> open;
};

/// @param part_of  The part of a row, below `count_of_parts`.
template <class PartOf>
std::vector<Part> parts_of(const Candidates& candidates, const PoolTruth& truth,
                           std::size_t count_of_parts, PartOf part_of) {
  std::vector<Part> parts(count_of_parts);
  for (const std::int64_t row : truth.labelled) ++parts[part_of(row)].labelled;
  const std::vector<double> draws = random_draws(candidates);
  const std::vector<Choice> order = highest(candidates.rows(), draws, draws.size());
  for (auto choice = order.rbegin(); choice != order.rend(); ++choice) {
    parts[part_of(choice->row)].open.push_back(choice->row);
  }
  return parts;
}

std::vector<Choice> balanced(std::vector<Part> parts, std::size_t count) {
  const auto fewer = [](const Part& a, const Part& b) {
    if (a.open.empty() != b.open.empty()) return b.open.empty();
    return a.labelled < b.labelled;
  };
  std::vector<Choice> chosen;
  while (chosen.size() < count) {
    Part& part = *std::ranges::min_element(parts, fewer);
    if (part.open.empty()) break;
    chosen.push_back({part.open.back(), -static_cast<double>(part.labelled)});
    part.open.pop_back();
    ++part.labelled;
  }
  return chosen;
}

}  // namespace

std::vector<Choice> GroupBalancedOracle::choose(const Candidates& candidates,
                                                const PoolTruth& truth, std::size_t count) const {
  const auto part_of = [&](std::int64_t row) -> std::size_t {
    return truth.groups[static_cast<std::size_t>(row)];
  };
  return balanced(parts_of(candidates, truth, truth.group_count, part_of), count);
}

std::vector<Choice> CellBalancedOracle::choose(const Candidates& candidates, const PoolTruth& truth,
                                               std::size_t count) const {
  const auto part_of = [&](std::int64_t row) -> std::size_t {
    const auto index = static_cast<std::size_t>(row);
    return truth.classes[index] * truth.group_count + truth.groups[index];
  };
  return balanced(parts_of(candidates, truth, truth.class_count * truth.group_count, part_of),
                  count);
}

}  // namespace af::al::acquisition
