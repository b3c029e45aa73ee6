#include "audit/metrics/single_rows.h"

#include <cmath>

#include "core/random.h"

namespace af::audit {
namespace {

constexpr std::uint32_t kParts = 1'000;
/// The stream of the parts lies behind those of the replicates.
constexpr std::uint64_t kPartsIndex = std::uint64_t{1} << 40;

WeightedRows one_row(double weight) { return {1, weight, weight * weight}; }

/// Positions in `rows`, each as often as it has rows, part by part.
class Parts {
 public:
  Parts(std::span<const RowWeights::Equal> rows, std::uint64_t seed) : first_(kParts + 1, 0) {
    std::vector<std::uint16_t> part;
    Stream stream(seed, Purpose::kBootstrap, kPartsIndex);
    for (const RowWeights::Equal& one : rows) {
      for (std::uint32_t i = 0; i < one.rows; ++i) {
        part.push_back(static_cast<std::uint16_t>(stream.below(kParts)));
        ++first_[part.back() + 1U];
      }
    }
    for (std::size_t p = 0; p < kParts; ++p) first_[p + 1] += first_[p];
    positions_.resize(part.size());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    std::size_t row = 0;
    for (std::size_t position = 0; position < rows.size(); ++position) {
      for (std::uint32_t i = 0; i < rows[position].rows; ++i) {
        positions_[next[part[row++]]++] = static_cast<std::uint32_t>(position);
      }
    }
  }
  [[nodiscard]] std::span<const std::uint32_t> part(std::size_t p) const {
    return std::span(positions_).subspan(first_[p], first_[p + 1] - first_[p]);
  }

 private:
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace

void leave_out_rows(const ContingencyTable& table, std::uint64_t seed,
                    const std::function<void(std::span<const WeightedRows>, double)>& visit) {
  std::vector<WeightedRows> without;
  for (std::size_t cell = 0; cell < table.cells(); ++cell) without.push_back(table.rows(cell));
  const auto visit_without = [&](std::size_t cell, double weight, double rows) {
    const WeightedRows before = without[cell];
    without[cell] -= one_row(weight);
    visit(without, rows);
    without[cell] = before;
  };
  if (table.weights() == nullptr) {
    for (std::size_t cell = 0; cell < table.cells(); ++cell) {
      if (without[cell].rows > 0) visit_without(cell, 1, without[cell].rows);
    }
    return;
  }
  const std::vector<RowWeights::Equal> rows = table.weights()->all();
  if (rows.size() <= kParts) {
    for (const RowWeights::Equal& one : rows) visit_without(one.cell, one.weight, one.rows);
    return;
  }
  const Parts parts(rows, seed);
  const std::vector<WeightedRows> all = without;
  for (std::size_t p = 0; p < kParts; ++p) {
    without = all;
    for (const std::uint32_t at : parts.part(p)) without[rows[at].cell] -= one_row(rows[at].weight);
    visit(without, 1);
  }
}

void add_rows(
    const ContingencyTable& table,
    const std::function<void(std::span<const WeightedRows>, const WeightPowers&)>& visit) {
  const WeightedRows all = table.all_rows();
  const double mean = all.rows > 0 ? all.weight / all.rows : 1.0;
  std::vector<WeightPowers> alike(table.cells());
  if (table.weights() == nullptr) {
    for (std::size_t cell = 0; cell < table.cells(); ++cell) alike[cell] = table.count(cell);
  } else {
    for (const RowWeights::Equal& one : table.weights()->all()) {
      const double square = std::pow(one.weight / mean, 2);
      alike[one.cell].squares += one.rows * square;
      alike[one.cell].fourths += one.rows * square * square;
    }
  }
  std::vector<WeightedRows> with;
  for (std::size_t cell = 0; cell < table.cells(); ++cell) with.push_back(table.rows(cell));
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    const WeightedRows before = with[cell];
    with[cell] += one_row(mean);
    visit(with, alike[cell]);
    with[cell] = before;
  }
}

}  // namespace af::audit
