#include "audit/inputs/table_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "audit/inputs/column_stream.h"
#include "audit/inputs/value_coder.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// Rows that frequency weights may make of a table with scores, which are held in memory.
constexpr std::uint64_t kMaxRepeated = 100'000'000;

/// Texts of one column to the positions that a factor gives them.
class FactorCoder {
 public:
  FactorCoder(const Factor& factor, const TableOptions& options) {
    for (const std::string& value : factor.values) static_cast<void>(coder_.code(value));
    const auto bins = std::ranges::find(options.bins, factor.name, &Bins::column);
    if (bins != options.bins.end()) bins_ = *bins;
  }
  [[nodiscard]] std::uint32_t code(std::string_view text) {
    if (is_missing(text)) return coder_.code(kMissing);
    return bins_ ? coder_.code(bins_->name_of(as_number(text).value_or(0))) : coder_.code(text);
  }

 private:
  ValueCoder coder_;  // Numbers values as they come: those of the factor first, in order.
  std::optional<Bins> bins_;
};

double score_of(const ColumnStream& stream, std::size_t column, std::size_t row,
                const std::string& name) {
  const std::string_view text = stream.texts(column)[row];
  const std::optional<double> score = as_number(text);
  if (score && *score >= 0 && *score <= 1) return *score;
  throw InputError(fmt::format("{}: column '{}' is '{}', expected a probability from 0 to 1",
                               stream.place(row), name, printable(text, 60)));
}

}  // namespace

ScoredRows read_scores(const std::filesystem::path& path, const ContingencyTable& table,
                       const std::vector<bool>& is_positive, const std::string& score,
                       const TableOptions& options) {
  const std::size_t label = table.factors().size() - 2;
  std::vector<std::string> columns;
  std::vector<FactorCoder> coders;
  for (std::size_t f = 0; f <= label; ++f) {
    columns.push_back(table.factors()[f].name);
    coders.emplace_back(table.factors()[f], options);
  }
  columns.push_back(score);
  if (options.weights) columns.push_back(options.weights->name);
  Weighting weighting(options.weights);
  const bool repeats = options.weights && options.weights->kind == WeightKind::kFrequency;
  if (repeats && table.total() > kMaxRepeated) {
    throw InputError(fmt::format(
        "{}: the weights in column '{}' add up to {} rows, expected at most {} with --score",
        path.string(), options.weights->name, table.total(), kMaxRepeated));
  }
  const std::size_t cells_per_group = table.stride(label - 1);
  std::vector<ScoredRow> rows;
  rows.reserve(table.total());
  const auto opened = open_columns(path, columns);
  ColumnStream& stream = *opened;
  while (stream.next()) {
    weighting.read(stream, label + 2);
    for (std::size_t i = 0; i < stream.rows(); ++i) {
      if (weighting.of(i) == 0) continue;
      std::size_t cell = 0;
      for (std::size_t f = 0; f < label; ++f) {
        cell += coders[f].code(stream.texts(f)[i]) * table.stride(f);
      }
      const ScoredRow row{.score = score_of(stream, label + 1, i, score),
                          .group = static_cast<std::uint32_t>(cell / cells_per_group),
                          .positive = is_positive.at(coders[label].code(stream.texts(label)[i])),
                          .weight = repeats ? 1.0 : weighting.of(i)};
      rows.insert(rows.end(), repeats ? static_cast<std::size_t>(weighting.of(i)) : 1, row);
    }
  }
  if (rows.size() != table.total()) {
    throw InputError(fmt::format("{} changed while it was read", path.string()));
  }
  return ScoredRows(std::move(rows), table.cells() / cells_per_group);
}

}  // namespace af::audit
