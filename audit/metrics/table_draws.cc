#include "audit/metrics/table_draws.h"

#include <algorithm>
#include <cmath>

#include "audit/statistics/binomial.h"

namespace af::audit {

TableDraws::TableDraws(const ContingencyTable& table) {
  if (table.weights() == nullptr) {
    for (std::size_t cell = 0; cell < table.cells(); ++cell) {
      kinds_.push_back({.cell = cell});
      counts_.push_back(table.count(cell));
    }
    return;
  }
  const std::vector<RowWeights::Equal> rows = table.weights()->all();
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t end = first + 1;
    while (end < rows.size() && rows[end].cell == rows[first].cell) ++end;
    add_cell(std::span(rows).subspan(first, end - first));
    first = end;
  }
}

void TableDraws::add_cell(std::span<const RowWeights::Equal> rows) {
  std::size_t all = 0;
  for (const RowWeights::Equal& one : rows) all += one.rows;
  // A binomial draw for each weight costs as much as picking some ten rows.
  constexpr std::size_t kPicks = 10;
  if (all >= kPicks * rows.size() || rows.size() == 1) {
    for (const RowWeights::Equal& one : rows) {
      kinds_.push_back({.cell = one.cell, .weight = one.weight});
      counts_.push_back(one.rows);
    }
    return;
  }
  Kind kind{.cell = rows.front().cell};
  kind.each.reserve(all);
  for (const RowWeights::Equal& one : rows) kind.each.insert(kind.each.end(), one.rows, one.weight);
  kinds_.push_back(std::move(kind));
  counts_.push_back(all);
  single_rows_ += all;
}

void TableDraws::draw(Stream& stream, std::span<WeightedRows> out) const {
  std::ranges::fill(out, WeightedRows());
  std::vector<std::uint64_t> drawn(counts_.size());
  resample_counts(counts_, stream, drawn);
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    const auto rows = static_cast<double>(drawn[k]);
    const Kind& kind = kinds_[k];
    if (kind.each.empty()) {
      const double weight = rows * kind.weight;
      out[kind.cell] += WeightedRows(rows, weight, weight * kind.weight);
      continue;
    }
    WeightedRows sum;
    const auto size = static_cast<std::uint32_t>(kind.each.size());
    for (std::uint64_t i = 0; i < drawn[k]; ++i) {
      const double weight = kind.each[stream.below(size)];
      sum.weight += weight;
      sum.squares += weight * weight;
    }
    sum.rows = rows;
    out[kind.cell] += sum;
  }
}

}  // namespace af::audit
