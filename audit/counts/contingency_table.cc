#include "audit/counts/contingency_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "core/errors.h"

namespace af::audit {
namespace {

/// Where each of `values` is among others; their number if it is none of them.
std::vector<std::size_t> places_among(const std::vector<std::string>& values,
                                      const std::vector<std::string>& others) {
  std::unordered_map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < others.size(); ++i) place.emplace(others[i], i);
  std::vector<std::size_t> places;
  for (const std::string& value : values) {
    const auto found = place.find(value);
    places.push_back(found == place.end() ? others.size() : found->second);
  }
  return places;
}

}  // namespace

ContingencyTable::ContingencyTable(std::vector<Factor> factors)
    : factors_(std::move(factors)), strides_(factors_.size(), 1) {
  std::size_t cells = 1;
  for (std::size_t i = factors_.size(); i-- > 0;) {
    strides_[i] = cells;
    cells *= factors_[i].values.size();
    if (cells > kMaxCells) {
      throw InputError(
          fmt::format("the columns have more than {} combinations of values, "
                      "expected columns with few distinct values",
                      kMaxCells));
    }
  }
  counts_.assign(cells, 0);
}

std::size_t ContingencyTable::cell(std::span<const std::size_t> codes) const {
  return std::inner_product(codes.begin(), codes.end(), strides_.begin(), std::size_t{0});
}

std::vector<std::size_t> ContingencyTable::codes(std::size_t cell) const {
  std::vector<std::size_t> codes(factors_.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] = cell / strides_[i] % factors_[i].values.size();
  }
  return codes;
}

void ContingencyTable::add_weighted(std::size_t cell, double weight) {
  if (!weights_) weights_.emplace(cells());
  weights_->add(cell, weight);
  add(cell);
}

WeightedRows ContingencyTable::all_rows() const {
  if (!weights_) return total_;
  WeightedRows all;
  for (std::size_t cell = 0; cell < cells(); ++cell) all += weights_->of(cell);
  return all;
}

std::vector<std::uint64_t> ContingencyTable::proportions() const {
  if (!weights_) return counts_;
  constexpr double kUnits = 4503599627370496.0;  // 2^52
  const double all = all_rows().weight;
  std::vector<std::uint64_t> units;
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    // A cell that has rows stays one that has some.
    const double share = std::round(weights_->of(cell).weight / all * kUnits);
    units.push_back(counts_[cell] == 0 ? 0 : static_cast<std::uint64_t>(std::max(1.0, share)));
  }
  return units;
}

/// @param to  [cells] Where each cell goes.
ContingencyTable ContingencyTable::moved(std::vector<Factor> factors,
                                         std::span<const std::size_t> to) const {
  ContingencyTable result(std::move(factors));
  for (std::size_t from = 0; from < cells(); ++from) result.add(to[from], counts_[from]);
  if (weights_) result.weights_ = weights_->moved(to, result.cells());
  return result;
}

ContingencyTable ContingencyTable::marginal(std::span<const std::size_t> kept) const {
  std::vector<Factor> factors;
  for (const std::size_t i : kept) factors.push_back(factors_.at(i));
  const ContingencyTable empty(factors);
  std::vector<std::size_t> to(cells(), 0);
  for (std::size_t from = 0; from < cells(); ++from) {
    for (std::size_t k = 0; k < kept.size(); ++k) {
      const std::size_t i = kept[k];
      to[from] += from / strides_[i] % factors_[i].values.size() * empty.strides_[k];
    }
  }
  return moved(std::move(factors), to);
}

ContingencyTable ContingencyTable::recoded(std::vector<Factor> factors) const {
  const ContingencyTable empty(factors);
  std::vector<std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    places.push_back(places_among(factors_[i].values, factors[i].values));
  }
  std::vector<std::size_t> to(cells(), 0);
  for (std::size_t from = 0; from < cells(); ++from) {
    if (counts_[from] == 0) continue;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const std::size_t code = from / strides_[i] % factors_[i].values.size();
      assert(places[i][code] < factors[i].values.size());
      to[from] += places[i][code] * empty.strides_[i];
    }
  }
  return moved(std::move(factors), to);
}

ContingencyTable ContingencyTable::slice(std::size_t value) const {
  ContingencyTable part({factors_.begin() + 1, factors_.end()});
  const std::size_t first = value * part.cells();
  for (std::size_t cell = 0; cell < part.cells(); ++cell) part.add(cell, counts_[first + cell]);
  if (weights_) {
    part.weights_ = weights_->part(first, part.cells());
  }
  return part;
}

std::string ContingencyTable::cell_name(std::size_t cell) const {
  std::string name;
  const std::vector<std::size_t> code = codes(cell);
  for (std::size_t i = 0; i < code.size(); ++i) {
    name +=
        fmt::format("{}{}={}", i == 0 ? "" : ", ", factors_[i].name, factors_[i].values[code[i]]);
  }
  return name;
}

std::optional<double> as_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::string cell_values(const ContingencyTable& table, std::size_t cell) {
  std::vector<std::string> values;
  const std::vector<std::size_t> codes = table.codes(cell);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    values.push_back(table.factors()[i].values[codes[i]]);
  }
  return fmt::format("{}", fmt::join(values, ", "));
}

std::string factor_names(std::span<const Factor> factors) {
  std::vector<std::string> names;
  for (const Factor& factor : factors) names.push_back(factor.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

void sort_values(std::vector<std::string>& values) {
  if (!std::ranges::all_of(values, [](const auto& v) { return as_number(v).has_value(); })) {
    std::ranges::sort(values);
    return;
  }
  std::ranges::sort(values, [](const std::string& a, const std::string& b) {
    return std::pair(*as_number(a), a) < std::pair(*as_number(b), b);
  });
}

}  // namespace af::audit
