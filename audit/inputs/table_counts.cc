#include "audit/inputs/table_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "audit/inputs/column_stream.h"
#include "audit/inputs/dataset_counts.h"
#include "audit/inputs/value_coder.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// A column that is counted: how its texts become codes.
class CodedColumn {
 public:
  CodedColumn(std::string name, const TableOptions& options)
      : name_(std::move(name)),
        may_be_missing_(std::ranges::find(options.may_be_missing, name_) !=
                        options.may_be_missing.end()) {
    const auto bins = std::ranges::find(options.bins, name_, &Bins::column);
    if (bins == options.bins.end()) return;
    bins_ = *bins;
    for (const std::string& range : bins_->names()) static_cast<void>(coder_.code(range));
  }

  void encode(const ColumnStream& batch, std::size_t column, const Weighting& weighting) {
    const ColumnTexts texts = batch.texts(column);
    codes_.resize(batch.rows());
    for (std::size_t row = 0; row < codes_.size(); ++row) {
      if (weighting.of(row) == 0) [[unlikely]] {
        codes_[row] = 0;
        continue;
      }
      const std::string_view text = texts[row];
      if (is_missing(text)) [[unlikely]] {
        codes_[row] = missing(batch, column, row);
      } else {
        codes_[row] = bins_ ? coder_.code(bin_of(text, batch, row)) : coder_.code(text);
      }
    }
    check_new_values(batch, column);
  }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::vector<std::uint32_t>& codes() const noexcept { return codes_; }
  [[nodiscard]] const std::vector<std::string>& values() const noexcept { return coder_.values(); }
  /// The values in the order that people expect.
  [[nodiscard]] std::vector<std::string> sorted_values() const {
    std::vector<std::string> values = coder_.values();
    const auto missing = std::ranges::find(values, kMissing);
    const bool any_missing = missing != values.end() && may_be_missing_;
    if (any_missing) values.erase(missing);
    if (!bins_) sort_values(values);
    if (any_missing) values.emplace_back(kMissing);
    return values;
  }

 private:
  /// An identifier or a text in place of a group would fill the report.
  void check_new_values(const ColumnStream& batch, std::size_t column) {
    const std::vector<std::string>& values = coder_.values();
    for (; checked_ < values.size(); ++checked_) {
      if (values[checked_].size() <= kMaxValueBytes) continue;
      const ColumnTexts texts = batch.texts(column);
      std::size_t row = 0;
      while (texts[row] != values[checked_]) ++row;
      throw InputError(
          fmt::format("{}: column '{}' has a value of {} bytes, expected a group or class of at "
                      "most {}",
                      batch.place(row), name_, values[checked_].size(), kMaxValueBytes));
    }
  }
  std::uint32_t missing(const ColumnStream& batch, std::size_t column, std::size_t row) {
    if (may_be_missing_) return coder_.code(kMissing);
    const bool is_empty = batch.texts(column)[row].empty();
    throw InputError(fmt::format("{}: column '{}' is {}", batch.place(row), name_,
                                 is_empty ? "empty" : "NaN, which is no value"));
  }
  [[nodiscard]] std::string bin_of(std::string_view text, const ColumnStream& batch,
                                   std::size_t row) const {
    if (const auto number = as_number(text)) return bins_->name_of(*number);
    throw InputError(fmt::format("{}: column '{}' is '{}', expected a number for --bins",
                                 batch.place(row), name_, printable(text, 60)));
  }

  std::string name_;
  bool may_be_missing_;
  std::optional<Bins> bins_;
  ValueCoder coder_;
  std::size_t checked_ = 0;  ///< Values whose length was looked at.
  std::vector<std::uint32_t> codes_;
};

/// Counts by codes of the values seen so far.
class GrowingCounts {
 public:
  GrowingCounts(const std::vector<std::string>& columns, const TableOptions& options)
      : weighting_(options.weights) {
    for (const std::string& name : columns) columns_.emplace_back(name, options);
    table_ = ContingencyTable(factors());
  }

  /// The first column that has too many values.
  [[nodiscard]] std::optional<std::size_t> encode(const ColumnStream& batch, std::uint64_t most) {
    weighting_.read(batch, columns_.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      columns_[c].encode(batch, c, weighting_);
      if (columns_[c].values().size() > most) return c;
    }
    return std::nullopt;
  }

  void add() {
    bool grown = false;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      grown = grown || columns_[c].values().size() != table_.factors()[c].values.size();
    }
    if (grown) table_ = table_.recoded(factors());
    cells_.assign(columns_.front().codes().size(), 0);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::size_t stride = table_.stride(c);
      const std::vector<std::uint32_t>& codes = columns_[c].codes();
      for (std::size_t row = 0; row < cells_.size(); ++row) cells_[row] += codes[row] * stride;
    }
    for (std::size_t row = 0; row < cells_.size(); ++row) weighting_.add(table_, cells_[row], row);
  }
  [[nodiscard]] std::uint64_t rows() const { return table_.total(); }

  [[nodiscard]] const CodedColumn& column(std::size_t c) const { return columns_[c]; }

  /// The counts with every column's values sorted.
  [[nodiscard]] ContingencyTable sorted() const {
    std::vector<Factor> to;
    for (const CodedColumn& column : columns_) {
      to.push_back({.name = column.name(), .values = column.sorted_values()});
    }
    return table_.recoded(std::move(to));
  }

 private:
  [[nodiscard]] std::vector<Factor> factors() const {
    std::vector<Factor> result;
    for (const CodedColumn& column : columns_) {
      result.push_back({.name = column.name(), .values = column.values()});
    }
    return result;
  }

  std::vector<CodedColumn> columns_;
  Weighting weighting_;
  ContingencyTable table_{{}};
  std::vector<std::size_t> cells_;
};

/// Counts the distinct values of the whole column for the sentence, as far as that is cheap.
[[noreturn]] void refuse_many_values(const std::filesystem::path& path, const CodedColumn& column,
                                     std::uint64_t most) {
  constexpr std::size_t kCounted = 1'000'000;
  std::unordered_set<std::string> values;
  const auto stream = open_columns(path, {column.name()});
  while (values.size() < kCounted && stream->next()) {
    const ColumnTexts texts = stream->texts(0);
    for (std::size_t row = 0; row < stream->rows(); ++row) values.emplace(texts[row]);
  }
  throw InputError(fmt::format(
      "{}: column '{}' has {}{} distinct values where --max-groups allows {}; expected a column "
      "of groups or classes",
      path.string(), column.name(), values.size() < kCounted ? "" : "at least ", values.size(),
      most));
}

/// Enum columns of HDF5 are codes already.
bool all_enums(const DatasetReader& reader, const std::vector<std::string>& columns) {
  return std::ranges::all_of(columns, [&](const std::string& name) {
    const Column& column = reader.column(name);
    return column.type == ElementType::kEnum && column.item_shape.empty();
  });
}

}  // namespace

ContingencyTable count_table(const std::filesystem::path& path,
                             const std::vector<std::string>& columns, const TableOptions& options) {
  if (table_kind(path) == TableKind::kHdf5 && options.bins.empty()) {
    const DatasetReader reader(path, FileKind::kAnyHdf5);
    if (all_enums(reader, columns)) return count_dataset(reader, columns, options.weights);
  }
  std::vector<std::string> read = columns;
  if (options.weights) read.push_back(options.weights->name);
  const auto stream = open_columns(path, read);
  GrowingCounts counts(columns, options);
  bool any = false;
  while (stream->next()) {
    if (const auto column = counts.encode(*stream, options.max_groups)) {
      refuse_many_values(path, counts.column(*column), options.max_groups);
    }
    counts.add();
    any = any || stream->rows() > 0;
  }
  if (!any) throw InputError(fmt::format("{} has a header but no rows", path.string()));
  if (counts.rows() == 0) refuse_no_weight(path, *options.weights);
  return counts.sorted();
}

}  // namespace af::audit
