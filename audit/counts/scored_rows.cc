#include "audit/counts/scored_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace af::audit {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::uint8_t bin_of(double score) {
  const auto bin = static_cast<std::size_t>(score * ScoredRows::kBins);
  return static_cast<std::uint8_t>(std::min(bin, ScoredRows::kBins - 1));
}

double loss_of(const ScoredRow& row) {
  return row.positive ? -std::log(row.score) : -std::log1p(-row.score);
}

}  // namespace

/// Lays down one block after another.
class ScoredRows::Builder {
 public:
  Builder(ScoredRows& to, std::size_t groups, bool weighted)
      : to_(to), weighted_(weighted), last_score_(groups, kNone) {}

  /// @param rows  Of one block, in ascending order of score.
  void add(std::span<const ScoredRow> rows) {
    order_.resize(rows.size());
    std::iota(order_.begin(), order_.end(), std::uint16_t{0});
    std::ranges::stable_sort(order_, {}, [&](std::uint16_t i) { return rows[i].group; });
    place_.resize(rows.size());
    first_of_block_ = to_.runs_.size();
    for (std::size_t i = 0; i < order_.size(); ++i) {
      place_[order_[i]] = static_cast<std::uint16_t>(i);
      add_row(rows[order_[i]], i);
    }
    add_turns(rows);
    to_.first_run_.push_back(to_.runs_.size());
  }

 private:
  void add_row(const ScoredRow& row, std::size_t at) {
    const bool ties = last_score_[row.group] == row.score;
    last_score_[row.group] = row.score;
    const double loss = loss_of(row);
    if (std::isinf(loss)) to_.infinite_loss_[row.group] = true;
    to_.scores_.push_back(row.score);
    to_.losses_.push_back(std::isinf(loss) ? 0.0 : loss);
    if (weighted_) to_.weights_.push_back(row.weight);
    to_.marks_.push_back({.positive = row.positive, .ties = ties});
    const std::uint8_t bin = bin_of(row.score);
    const bool goes_on = to_.runs_.size() > first_of_block_ &&
                         to_.runs_.back().group == row.group && to_.runs_.back().bin == bin;
    if (!goes_on) {
      to_.runs_.push_back({.first = at, .rows = 0, .group = row.group, .bin = bin, .ties = false});
    }
    ++to_.runs_.back().rows;
    to_.runs_.back().ties = to_.runs_.back().ties || ties;
  }

  void add_turns(std::span<const ScoredRow> rows) {
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool ties = rows[i].score == last_turn_;
      any = any || ties;
      last_turn_ = rows[i].score;
      Turn& turn = to_.turns_.emplace_back();
      turn.row = place_[i] & 0xfffU;
      turn.positive = rows[i].positive;
      turn.ties = ties;
    }
    to_.block_ties_.push_back(any);
  }

  ScoredRows& to_;
  bool weighted_;
  std::vector<double> last_score_;  ///< [groups]
  double last_turn_ = kNone;
  std::vector<std::uint16_t> order_;  ///< The block's rows group by group.
  std::vector<std::uint16_t> place_;  ///< Its inverse.
  std::size_t first_of_block_ = 0;
};

ScoredRows::ScoredRows(std::vector<ScoredRow> rows, std::size_t groups)
    : first_run_{0}, infinite_loss_(groups, false) {
  // Ties in any fixed order, so that equal inputs give equal sums.
  std::ranges::sort(rows, [](const ScoredRow& a, const ScoredRow& b) {
    if (a.score != b.score) return a.score < b.score;
    if (a.group != b.group) return a.group < b.group;
    return a.positive != b.positive ? a.positive < b.positive : a.weight < b.weight;
  });
  scores_.reserve(rows.size());
  losses_.reserve(rows.size());
  marks_.reserve(rows.size());
  turns_.reserve(rows.size());
  const bool weighted =
      std::ranges::any_of(rows, [](const ScoredRow& row) { return row.weight != 1; });
  if (weighted) weights_.reserve(rows.size());
  Builder builder(*this, groups, weighted);
  for (std::size_t first = 0; first < rows.size(); first += kBlockRows) {
    builder.add(std::span(rows).subspan(first, std::min(kBlockRows, rows.size() - first)));
  }
}

std::size_t ScoredRows::block_rows(std::size_t block) const noexcept {
  return std::min(kBlockRows, size() - block * kBlockRows);
}

ScoredRows::Block ScoredRows::block(std::size_t block) const {
  const std::size_t first = block * kBlockRows;
  const std::size_t rows = block_rows(block);
  return {.scores = std::span(scores_).subspan(first, rows),
          .losses = std::span(losses_).subspan(first, rows),
          .weights = weighted() ? std::span(weights_).subspan(first, rows) : std::span<double>(),
          .marks = std::span(marks_).subspan(first, rows),
          .turns = std::span(turns_).subspan(first, rows),
          .runs = std::span(runs_).subspan(first_run_[block],
                                           first_run_[block + 1] - first_run_[block]),
          .ties = block_ties_[block]};
}

}  // namespace af::audit
