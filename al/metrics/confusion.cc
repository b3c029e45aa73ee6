#include "al/metrics/confusion.h"

namespace af::al {
namespace {

std::optional<double> ratio(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Confusion::Confusion(const Predictions& predictions)
    : classes_(predictions.class_count),
      groups_(predictions.group_count),
      counts_(groups_ * classes_ * classes_) {
  for (std::size_t i = 0; i < predictions.labels.size(); ++i) {
    const std::size_t cell = predictions.groups[i] * classes_ + predictions.labels[i];
    ++counts_[cell * classes_ + predictions.predicted[i]];
  }
}

/// Rows that satisfy both conditions among those that satisfy the second; conditions of
/// (group, label, predicted).
template <class Part, class Whole>
std::optional<double> Confusion::share(Part part, Whole whole) const {
  std::uint64_t in_part = 0;
  std::uint64_t in_whole = 0;
  for (std::size_t g = 0; g < groups_; ++g) {
    for (std::size_t y = 0; y < classes_; ++y) {
      for (std::size_t p = 0; p < classes_; ++p) {
        if (!whole(g, y, p)) continue;
        in_whole += count(g, y, p);
        if (part(g, y, p)) in_part += count(g, y, p);
      }
    }
  }
  return ratio(in_part, in_whole);
}

namespace {

using Index = std::size_t;
constexpr auto kRight = [](Index, Index y, Index p) { return y == p; };

auto predicted_as(std::size_t label) {
  return [label](Index, Index, Index p) { return p == label; };
}

}  // namespace

std::optional<double> Confusion::accuracy() const {
  return share(kRight, [](Index, Index, Index) { return true; });
}

std::optional<double> Confusion::class_accuracy(std::size_t label) const {
  return share(kRight, [&](Index, Index y, Index) { return y == label; });
}

std::optional<double> Confusion::group_accuracy(std::size_t group) const {
  return share(kRight, [&](Index g, Index, Index) { return g == group; });
}

std::optional<double> Confusion::cell_accuracy(std::size_t label, std::size_t group) const {
  return share(kRight, [&](Index g, Index y, Index) { return g == group && y == label; });
}

std::optional<double> Confusion::precision(std::size_t label) const {
  return share(kRight, predicted_as(label));
}

std::optional<double> Confusion::f1(std::size_t label) const {
  // As the share of rows right among those that are or are called the class, each right one
  // counted twice: 2 r / (1 + r) of that share r.
  const auto involved = [&](Index, Index y, Index p) { return y == label || p == label; };
  const std::optional<double> jaccard = share(kRight, involved);
  if (!jaccard) return std::nullopt;
  return 2 * *jaccard / (1 + *jaccard);
}

std::optional<double> Confusion::selection_rate(std::size_t label, std::size_t group) const {
  return share(predicted_as(label), [&](Index g, Index, Index) { return g == group; });
}

std::optional<double> Confusion::false_positive_rate(std::size_t label, std::size_t group) const {
  return share(predicted_as(label),
               [&](Index g, Index y, Index) { return g == group && y != label; });
}

}  // namespace af::al
