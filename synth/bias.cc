#include "synth/bias.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>

#include "core/errors.h"
#include "core/random.h"

namespace af::synth {
namespace {

constexpr double kSumTolerance = 1e-9;

void check_distribution(const std::vector<double>& shares, std::size_t expected,
                        std::string_view name) {
  if (shares.size() != expected) {
    throw ConfigError(fmt::format("{} has {} entries; expected {}", name, shares.size(), expected));
  }
  for (const double share : shares) {
    if (share >= 0.0 && share <= 1.0) continue;  // Not a number is refused, too.
    throw ConfigError(fmt::format("{} holds {}; expected probabilities in [0, 1]", name, share));
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (std::abs(sum - 1.0) > kSumTolerance) {
    throw ConfigError(fmt::format("{} sums to {:.12g}; expected 1", name, sum));
  }
}

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

void BiasTable::validate() const {
  check_distribution(color_share, colors.size(), "P(color)");
  if (char_share.size() != colors.size()) {
    throw ConfigError(fmt::format("P(char | color) has {} rows; expected one for each of {} colors",
                                  char_share.size(), colors.size()));
  }
  for (std::size_t j = 0; j < colors.size(); ++j) {
    check_distribution(char_share[j], chars.size(), fmt::format("row P(char | {})", colors[j]));
  }
}

BiasTable tied_pairs(std::vector<std::string> chars, std::vector<std::string> colors, double p) {
  BiasTable table{std::move(chars), std::move(colors), {}, {}};
  const std::size_t k = table.chars.size();
  const std::size_t m = table.colors.size();
  table.color_share.assign(m, 1.0 / static_cast<double>(m));
  const double rest = k > 1 ? (1.0 - p) / static_cast<double>(k - 1) : 0.0;
  table.char_share.assign(m, std::vector<double>(k, rest));
  for (std::size_t j = 0; j < m; ++j) table.char_share[j][j % k] = k > 1 ? p : 1.0;
  return table;
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

std::vector<std::vector<std::uint64_t>> quotas(const BiasTable& table, std::uint64_t rows) {
  std::vector<double> joint;
  for (std::size_t j = 0; j < table.colors.size(); ++j) {
    for (const double share : table.char_share[j]) joint.push_back(table.color_share[j] * share);
  }
  const std::vector<std::uint64_t> counts = largest_remainder(joint, rows);
  std::vector<std::vector<std::uint64_t>> by_color;
  for (std::size_t j = 0; j < table.colors.size(); ++j) {
    const std::span row = std::span(counts).subspan(j * table.chars.size(), table.chars.size());
    by_color.emplace_back(row.begin(), row.end());
  }
  return by_color;
}

IndependentCells::IndependentCells(const BiasTable& table, std::uint64_t seed)
    : seed_(seed), color_cumulative_(cumulative(table.color_share)) {
  for (const auto& row : table.char_share) char_cumulative_.push_back(cumulative(row));
}

Cell IndependentCells::operator()(std::uint64_t row) const {
  Stream stream(seed_, Purpose::kBias, row);
  const std::size_t color = pick(color_cumulative_, stream.uniform());
  return {color, pick(char_cumulative_[color], stream.uniform())};
}

QuotaCells::QuotaCells(const BiasTable& table, std::uint64_t seed, std::uint64_t rows)
    : chars_(table.chars.size()), order_(seed, Purpose::kQuotaOrder, rows) {
  std::uint64_t end = 0;
  for (const auto& row : quotas(table, rows)) {
    for (const std::uint64_t count : row) ends_.push_back(end += count);
  }
}

Cell QuotaCells::operator()(std::uint64_t row) const {
  const auto found = std::ranges::upper_bound(ends_, order_(row));
  const auto cell = static_cast<std::size_t>(found - ends_.begin());
  return {cell / chars_, cell % chars_};
}

}  // namespace af::synth
