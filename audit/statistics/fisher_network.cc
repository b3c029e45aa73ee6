#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "audit/statistics/fisher_test.h"
#include "audit/statistics/hypergeometric.h"

namespace af::audit {
namespace {

/// Tables are built column by column. A node is what the rows have left before a column; tables
/// that meet in a node have the same ways to go on, so of a past that no way can bring above the
/// observed probability all ways count, and of one that every way keeps above none does.
class Network {
 public:
  /// @param table  No empty rows or columns, no more rows than columns.
  Network(const TwoWayTable& table, std::uint64_t max_steps)
      : rows_(table.row_sums()),
        columns_(table.column_sums()),
        total_(static_cast<double>(table.total())),
        limit_(log_cells(table) + std::log1p(kTieTolerance)),
        margins_(log_margins(table)),
        steps_left_(max_steps),
        bounds_(columns_.size() + 1) {}

  [[nodiscard]] std::optional<double> p_value() {
    if (!nodes_have_numbers()) return std::nullopt;
    Level level;
    level[number(rows_)][0] = {.log = 0, .tables = 1};
    double p = 0;
    for (std::size_t column = 0; column < columns_.size() && !level.empty(); ++column) {
      Level next;
      for (const auto& [node, pasts] : level) {
        p += settle(column, node, pasts, next);
        if (exhausted_) return std::nullopt;
      }
      level = std::move(next);
    }
    return std::min(p, 1.0);
  }

 private:
  using Counts = std::vector<std::uint64_t>;
  struct Past {
    double log = 0;     ///< Of the cells so far, each a Poisson term.
    double tables = 0;  ///< How many partial tables have this value.
  };
  struct Bounds {
    double least = std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
  };
  using Pasts = std::unordered_map<std::int64_t, Past>;  ///< By the rounded logarithm.
  using Level = std::unordered_map<std::uint64_t, Pasts>;

  /// Nodes are numbered in mixed radix; that must fit into 64 bits.
  [[nodiscard]] bool nodes_have_numbers() const {
    double nodes = 1;
    for (const std::uint64_t row : rows_) nodes *= static_cast<double>(row) + 1;
    return nodes < 0x1p63;
  }
  [[nodiscard]] std::uint64_t number(const Counts& left) const {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < left.size(); ++i) result = result * (rows_[i] + 1) + left[i];
    return result;
  }
  [[nodiscard]] Counts left_at(std::uint64_t node) const {
    Counts left(rows_.size());
    for (std::size_t i = rows_.size(); i-- > 0; node /= rows_[i] + 1) {
      left[i] = node % (rows_[i] + 1);
    }
    return left;
  }

  /// Calls take(node after the column, log of the column's cells) for every way to fill a column.
  template <class Take>
  void for_each_filling(std::size_t column, const Counts& left, const Take& take) {
    Counts after = left;
    std::vector<std::uint64_t> room(left.size() + 1, 0);  // In the rows from i on.
    for (std::size_t i = left.size(); i-- > 0;) room[i] = room[i + 1] + left[i];
    fill(column, 0, columns_[column], 0.0, after, room, take);
  }
  template <class Take>
  void fill(std::size_t column, std::size_t row, std::uint64_t to_place, double log, Counts& after,
            const std::vector<std::uint64_t>& room, const Take& take) {
    if (exhausted_) return;
    if (row == rows_.size()) {
      exhausted_ = steps_left_ == 0;
      if (!exhausted_) --steps_left_;
      take(number(after), log);
      return;
    }
    const std::uint64_t left = after[row];
    const std::uint64_t least = to_place > room[row + 1] ? to_place - room[row + 1] : 0;
    const double mean =
        static_cast<double>(rows_[row]) / total_ * static_cast<double>(columns_[column]);
    for (std::uint64_t count = least; count <= std::min(left, to_place); ++count) {
      after[row] = left - count;
      fill(column, row + 1, to_place - count, log + log_poisson(count, mean), after, room, take);
    }
    after[row] = left;
  }

  /// Least and most that the columns from this one on can add.
  const Bounds& bounds(std::size_t column, std::uint64_t node) {
    const auto found = bounds_[column].find(node);
    if (found != bounds_[column].end()) return found->second;
    Bounds result;
    if (column == columns_.size()) {
      result = {.least = 0, .most = 0};
    } else {
      for_each_filling(column, left_at(node), [&](std::uint64_t next, double log) {
        if (exhausted_) return;
        const Bounds& rest = bounds(column + 1, next);
        result.least = std::min(result.least, log + rest.least);
        result.most = std::max(result.most, log + rest.most);
      });
    }
    return bounds_[column].emplace(node, result).first->second;
  }

  /// log of the sum over all ways to fill the columns from this one on.
  [[nodiscard]] double log_all(std::size_t column, const Counts& left) const {
    std::uint64_t rows_left = 0;
    double sum = 0;
    for (const std::uint64_t one : left) rows_left += one;
    const auto all = static_cast<double>(rows_left);
    for (std::size_t i = 0; i < left.size(); ++i) {
      sum += log_poisson(left[i], static_cast<double>(rows_[i]) / total_ * all);
    }
    for (std::size_t j = column; j < columns_.size(); ++j) {
      sum += log_poisson(columns_[j], static_cast<double>(columns_[j]));
    }
    return sum - log_poisson(rows_left, all);
  }

  /// The probability of the tables that are settled here; the other pasts go on to the next level.
  double settle(std::size_t column, std::uint64_t node, const Pasts& pasts, Level& next) {
    const Counts left = left_at(node);
    const Bounds rest = bounds(column, node);
    const double all = log_all(column, left) + margins_;
    double p = 0;
    std::vector<Past> open;
    for (const auto& [key, past] : pasts) {
      if (past.log + rest.most <= limit_) {
        p += past.tables * std::exp(past.log + all);
      } else if (past.log + rest.least <= limit_) {
        open.push_back(past);
      }
    }
    if (open.empty()) return p;
    for_each_filling(column, left, [&](std::uint64_t after, double log) {
      Pasts& there = next[after];
      for (const Past& past : open) add(there, past, log);
    });
    return p;
  }
  void add(Pasts& to, const Past& past, double log) {
    constexpr double kSame = 1e9;  // Per unit of the logarithm: far below the tie tolerance.
    Past& merged = to[std::llround((past.log + log) * kSame)];
    merged.log = past.log + log;
    merged.tables += past.tables;
    exhausted_ = exhausted_ || steps_left_ == 0;
    if (!exhausted_) --steps_left_;
  }

  Counts rows_;
  Counts columns_;
  double total_;
  double limit_;
  double margins_;
  std::uint64_t steps_left_;
  bool exhausted_ = false;
  std::vector<std::unordered_map<std::uint64_t, Bounds>> bounds_;  ///< By column and node.
};

}  // namespace

std::optional<double> exact_table_p(const TwoWayTable& table, std::uint64_t max_steps) {
  // Nodes have a count for each row, so the shorter side goes down.
  return Network(table.rows <= table.columns ? table : table.transposed(), max_steps).p_value();
}

}  // namespace af::audit
