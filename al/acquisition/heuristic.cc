#include "al/acquisition/heuristic.h"

#include <algorithm>
#include <numeric>

namespace af::al::acquisition {

std::vector<Choice> highest(std::span<const std::int64_t> rows, std::span<const double> scores,
                            std::size_t count) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto better = [&](std::size_t a, std::size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size()));
  std::partial_sort(order.begin(), end, order.end(), better);
  std::vector<Choice> chosen;
  std::transform(order.begin(), end, std::back_inserter(chosen), [&](std::size_t i) {
    return Choice{rows[i], scores[i]};
  });
  return chosen;
}

}  // namespace af::al::acquisition
