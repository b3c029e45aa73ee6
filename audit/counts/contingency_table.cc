#include "audit/counts/contingency_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <numeric>

#include "core/errors.h"

namespace af::audit {

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

ContingencyTable ContingencyTable::marginal(std::span<const std::size_t> kept) const {
  std::vector<Factor> factors;
  for (const std::size_t i : kept) factors.push_back(factors_.at(i));
  ContingencyTable result(std::move(factors));
  for (std::size_t from = 0; from < cells(); ++from) {
    std::size_t to = 0;
    for (std::size_t k = 0; k < kept.size(); ++k) {
      const std::size_t i = kept[k];
      to += from / strides_[i] % factors_[i].values.size() * result.strides_[k];
    }
    result.add(to, counts_[from]);
  }
  return result;
}

ContingencyTable ContingencyTable::recoded(std::vector<Factor> factors) const {
  ContingencyTable result(std::move(factors));
  for (std::size_t from = 0; from < cells(); ++from) {
    if (counts_[from] == 0) continue;
    std::vector<std::size_t> code = codes(from);
    for (std::size_t i = 0; i < code.size(); ++i) {
      const std::vector<std::string>& values = result.factors_[i].values;
      const auto found = std::ranges::find(values, factors_[i].values[code[i]]);
      assert(found != values.end());
      code[i] = static_cast<std::size_t>(found - values.begin());
    }
    result.add(result.cell(code), counts_[from]);
  }
  return result;
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
