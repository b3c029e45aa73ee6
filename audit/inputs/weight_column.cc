#include "audit/inputs/weight_column.h"

#include <fmt/format.h>

#include <cmath>

#include "core/errors.h"
#include "core/text.h"

namespace af::audit {

void Weighting::read(const ColumnStream& batch, std::size_t at) {
  if (!column_) return;
  const ColumnTexts texts = batch.texts(at);
  weights_.resize(batch.rows());
  for (std::size_t row = 0; row < weights_.size(); ++row) {
    const std::optional<double> weight = as_number(texts[row]);
    const bool is_whole = weight && std::floor(*weight) == *weight;
    const bool fits = column_->kind == WeightKind::kFrequency
                          ? is_whole && *weight >= 0 && *weight <= kMaxRows
                          : weight && (*weight == 0 || (*weight >= kLeast && *weight <= kMost));
    if (!fits) refuse(batch, row, texts[row]);
    weights_[row] = *weight;
    total_ += *weight;
    if (column_->kind == WeightKind::kFrequency && total_ > kMaxRows) {
      throw InputError(fmt::format("{}: the weights in column '{}' add up to more than 1e12 rows",
                                   batch.place(row), column_->name));
    }
  }
}

void Weighting::refuse(const ColumnStream& batch, std::size_t row, std::string_view text) const {
  const std::string found = text.empty() ? "empty" : fmt::format("'{}'", printable(text, 60));
  if (column_->kind == WeightKind::kSampling) {
    throw InputError(
        fmt::format("{}: column '{}' is {}, expected a weight: 0, or a number from {} to {}",
                    batch.place(row), column_->name, found, kLeast, kMost));
  }
  const bool is_weight = as_number(text).value_or(-1) > 0;
  throw InputError(
      fmt::format("{}: column '{}' is {}, expected a whole number of rows from 0{}",
                  batch.place(row), column_->name, found,
                  is_weight ? "; weights of another kind need --weights-are sampling" : ""));
}

void refuse_no_weight(const std::filesystem::path& path, const WeightColumn& column) {
  throw InputError(fmt::format("{}: every weight in column '{}' is 0", path.string(), column.name));
}

WeightStream::WeightStream(const std::filesystem::path& path,
                           const std::optional<WeightColumn>& column)
    : weighting_(column) {
  if (column) stream_ = open_columns(path, {column->name});
}

void WeightStream::next_batch() {
  if (!stream_->next()) throw InputError("the column of weights has fewer rows than the others");
  weighting_.read(*stream_, 0);
  row_ = 0;
  rows_ = stream_->rows();
}

}  // namespace af::audit
