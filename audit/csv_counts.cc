#include "audit/csv_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "audit/csv_stream.h"
#include "audit/value_coder.h"
#include "core/errors.h"

namespace af::audit {
namespace {

/// Counts by codes of the values seen so far.
class GrowingCounts {
 public:
  explicit GrowingCounts(const std::vector<std::string>& columns)
      : names_(columns), coders_(columns.size()), table_(factors()) {}

  void add(const CsvStream& batch) {
    cells_.assign(batch.rows(), 0);
    codes_.resize(names_.size());
    for (std::size_t c = 0; c < names_.size(); ++c) encode(batch, c);
    if (table_.factors() != factors()) table_ = table_.recoded(factors());
    for (std::size_t c = 0; c < names_.size(); ++c) {
      const std::size_t stride = table_.stride(c);
      for (std::size_t row = 0; row < cells_.size(); ++row) cells_[row] += codes_[c][row] * stride;
    }
    for (const std::size_t cell : cells_) table_.add(cell);
  }

  /// The counts with every column's values sorted.
  [[nodiscard]] ContingencyTable sorted() const {
    std::vector<Factor> to = factors();
    for (Factor& factor : to) sort_values(factor.values);
    return table_.recoded(std::move(to));
  }

 private:
  [[nodiscard]] std::vector<Factor> factors() const {
    std::vector<Factor> result;
    for (std::size_t c = 0; c < names_.size(); ++c) {
      result.push_back({.name = names_[c], .values = coders_[c].values()});
    }
    return result;
  }

  void encode(const CsvStream& batch, std::size_t column) {
    const CsvTexts texts = batch.texts(column);
    std::vector<std::uint32_t>& codes = codes_[column];
    ValueCoder& coder = coders_[column];
    codes.resize(batch.rows());
    for (std::size_t row = 0; row < codes.size(); ++row) codes[row] = coder.code(texts[row]);
    if (coder.values().size() > kMaxValues) {
      throw InputError(
          fmt::format("column '{}' has more than {} distinct values; expected a "
                      "column of groups or classes",
                      names_[column], kMaxValues));
    }
  }

  std::vector<std::string> names_;
  std::vector<ValueCoder> coders_;
  ContingencyTable table_;
  std::vector<std::vector<std::uint32_t>> codes_;
  std::vector<std::size_t> cells_;
};

}  // namespace

ContingencyTable count_csv(const std::filesystem::path& path,
                           const std::vector<std::string>& columns) {
  CsvStream stream(path, columns);
  GrowingCounts counts(columns);
  bool any = false;
  while (stream.next()) {
    counts.add(stream);
    any = any || stream.rows() > 0;
  }
  if (!any) throw InputError(fmt::format("{} has a header but no rows", path.string()));
  return counts.sorted();
}

}  // namespace af::audit
