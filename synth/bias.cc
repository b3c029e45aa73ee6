#include "synth/bias.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

#include "core/errors.h"
#include "core/random.h"

namespace af::synth {
namespace {

constexpr double kSumTolerance = 1e-9;

std::vector<double> cumulative(const std::vector<double>& shares) {
  std::vector<double> sums(shares.size());
  std::partial_sum(shares.begin(), shares.end(), sums.begin());
  return sums;
}

/// The entry that a uniform draw on [0, 1) falls on; never one without a share.
std::size_t pick(const std::vector<double>& sums, double uniform) {
  // Scaled by the last sum, which rounding may leave a little off 1; if the product is rounded up
  // to it, the last entry with a share is meant.
  auto found = std::ranges::upper_bound(sums, uniform * sums.back());
  if (found == sums.end()) found = std::ranges::lower_bound(sums, sums.back());
  return static_cast<std::size_t>(found - sums.begin());
}

}  // namespace

void check_shares(const std::vector<double>& shares, std::string_view name) {
  for (const double share : shares) {
    if (share >= 0.0 && share <= 1.0) continue;  // Not a number is refused, too.
    throw ConfigError(fmt::format("{} holds {}; expected probabilities in [0, 1]", name, share));
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (std::abs(sum - 1.0) > kSumTolerance) {
    throw ConfigError(fmt::format("{} sums to {:.12g}; expected 1", name, sum));
  }
}

std::size_t JointTable::position(std::string_view factor) const {
  return static_cast<std::size_t>(std::ranges::find(factors, factor, &ConditionalTable::factor) -
                                  factors.begin());
}

std::size_t JointTable::combinations(std::size_t factor) const {
  std::size_t count = 1;
  for (const std::size_t g : factors[factor].given) count *= factors[g].levels.size();
  return count;
}

std::size_t JointTable::combination(std::size_t factor, const Levels& levels) const {
  std::size_t at = 0;
  for (const std::size_t g : factors[factor].given) at = at * factors[g].levels.size() + levels[g];
  return at;
}

std::string JointTable::row_name(std::size_t factor, std::size_t combination) const {
  const ConditionalTable& table = factors[factor];
  std::vector<std::string> names;
  for (std::size_t i = table.given.size(); i-- > 0;) {
    const std::vector<std::string>& levels = factors[table.given[i]].levels;
    names.insert(names.begin(), levels[combination % levels.size()]);
    combination /= levels.size();
  }
  if (names.empty()) return fmt::format("P({})", table.factor);
  return fmt::format("P({} | {})", table.factor, fmt::join(names, ", "));
}

std::size_t JointTable::cells() const {
  std::size_t count = 1;
  for (const ConditionalTable& factor : factors) {
    count *= factor.levels.size();
    if (count > kMostCells) break;  // Before it overflows.
  }
  return count;
}

Levels JointTable::levels_of(std::size_t cell) const {
  Levels levels{};
  for (std::size_t f = factors.size(); f-- > 0;) {
    levels[f] = static_cast<std::uint16_t>(cell % factors[f].levels.size());
    cell /= factors[f].levels.size();
  }
  return levels;
}

std::size_t JointTable::cell_of(const Levels& levels) const {
  std::size_t cell = 0;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    cell = cell * factors[f].levels.size() + levels[f];
  }
  return cell;
}

std::vector<double> JointTable::joint() const {
  std::vector<double> shares(cells(), 1.0);
  for (std::size_t cell = 0; cell < shares.size(); ++cell) {
    const Levels levels = levels_of(cell);
    for (std::size_t f = 0; f < factors.size(); ++f) {
      shares[cell] *= factors[f].shares[combination(f, levels)][levels[f]];
    }
  }
  return shares;
}

void JointTable::validate() const {
  if (factors.size() > kMostTied) {
    throw ConfigError(
        fmt::format("{} factors are tied; expected at most {}", factors.size(), kMostTied));
  }
  if (cells() > kMostCells) {
    throw ConfigError(
        fmt::format("the tied factors have more than {} combinations of levels; "
                    "expected fewer",
                    kMostCells));
  }
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const std::size_t rows = combinations(f);
    if (factors[f].shares.size() != rows) {
      throw ConfigError(fmt::format("the table of {} has {} rows; expected {}", factors[f].factor,
                                    factors[f].shares.size(), rows));
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const std::vector<double>& shares = factors[f].shares[row];
      const std::string name = row_name(f, row);
      if (shares.size() != factors[f].levels.size()) {
        throw ConfigError(fmt::format("{} has {} entries; expected {}", name, shares.size(),
                                      factors[f].levels.size()));
      }
      check_shares(shares, name);
    }
  }
}

ConditionalTable marginal(std::string factor, std::vector<std::string> levels) {
  const std::size_t count = levels.size();
  return {std::move(factor),
          std::move(levels),
          {},
          {std::vector<double>(count, 1.0 / static_cast<double>(count))}};
}

JointTable tied_pairs(const std::vector<std::string>& chars, const std::vector<std::string>& colors,
                      double p) {
  const std::size_t k = chars.size();
  const std::size_t m = colors.size();
  const double rest = k > 1 ? (1.0 - p) / static_cast<double>(k - 1) : 0.0;
  ConditionalTable tied{"char", chars, {0}, {}};
  tied.shares.assign(m, std::vector<double>(k, rest));
  for (std::size_t j = 0; j < m; ++j) tied.shares[j][j % k] = k > 1 ? p : 1.0;
  return {{marginal("color", colors), std::move(tied)}};
}

JointTable rare_color(const std::vector<std::string>& chars, const std::vector<std::string>& colors,
                      double p) {
  ConditionalTable color = marginal("color", colors);
  const std::size_t m = colors.size();
  if (m > 1) {
    color.shares[0].assign(m, p / static_cast<double>(m - 1));
    color.shares[0].back() = 1.0 - p;
  }
  return {{std::move(color), marginal("char", chars)}};
}

std::vector<std::uint64_t> largest_remainder(const std::vector<double>& share,
                                             std::uint64_t total) {
  std::vector<std::uint64_t> counts(share.size());
  std::vector<double> remainders(share.size());
  for (std::size_t i = 0; i < share.size(); ++i) {
    const double part = share[i] * static_cast<double>(total);
    // 0.29 * 100 is a little less than 29: what misses a whole number by rounding alone is one.
    const double nearest = std::round(part);
    const bool whole = std::abs(part - nearest) <= 1e-9 * std::max(1.0, nearest);
    const double floor = whole ? nearest : std::floor(part);
    counts[i] = static_cast<std::uint64_t>(floor);
    remainders[i] = whole ? 0.0 : part - floor;
  }
  std::vector<std::size_t> order(share.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  std::uint64_t dealt = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  for (std::size_t i = 0; dealt < total; i = (i + 1) % order.size(), ++dealt) ++counts[order[i]];
  return counts;
}

IndependentCells::IndependentCells(const JointTable& table, std::uint64_t seed)
    : table_(table), seed_(seed) {
  for (const ConditionalTable& factor : table.factors) {
    auto& rows = cumulative_.emplace_back();
    for (const std::vector<double>& row : factor.shares) rows.push_back(cumulative(row));
  }
}

Levels IndependentCells::operator()(std::uint64_t row) const {
  Stream stream(seed_, Purpose::kBias, row);
  Levels levels{};
  for (std::size_t f = 0; f < cumulative_.size(); ++f) {
    const std::vector<double>& shares = cumulative_[f][table_.combination(f, levels)];
    levels[f] = static_cast<std::uint16_t>(pick(shares, stream.uniform()));
  }
  return levels;
}

QuotaCells::QuotaCells(const JointTable& table, std::uint64_t seed, std::uint64_t rows,
                       std::uint64_t which)
    : table_(table), order_(seed, Purpose::kQuotaOrder, rows, which) {
  std::uint64_t end = 0;
  for (const std::uint64_t count : largest_remainder(table.joint(), rows)) {
    ends_.push_back(end += count);
  }
}

Levels QuotaCells::operator()(std::uint64_t row) const {
  const auto found = std::ranges::upper_bound(ends_, order_(row));
  return table_.levels_of(static_cast<std::size_t>(found - ends_.begin()));
}

}  // namespace af::synth
