#include "al/runs/labelled_file.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "al/runs/csv_records.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al {
namespace {

std::string header(const ImageTable& train) {
  return fmt::format("step,row,score,{},{}", csv_field(train.target.name),
                     csv_field(train.group.name));
}

std::string line_of(const LabelledRow& labelled, const ImageTable& train) {
  const std::string score = labelled.score ? fmt::format("{}", *labelled.score) : "";
  return fmt::format("{},{},{},{},{}", labelled.step, labelled.row, score,
                     csv_field(train.target.value_of(labelled.row)),
                     csv_field(train.group.value_of(labelled.row)));
}

/// Takes the number before the next comma off the front of `text`; empty if there is none.
template <class T>
std::optional<T> take(std::string_view& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  text.remove_prefix(std::min(text.size(), text.find(',')));
  text.remove_prefix(std::min<std::size_t>(text.size(), 1));
  if (error != std::errc{}) return std::nullopt;
  return value;
}

std::optional<LabelledRow> parsed(std::string_view line, const ImageTable& train) {
  std::string_view rest = line;
  const auto step = take<std::int64_t>(rest);
  const auto row = take<std::int64_t>(rest);
  const auto score = take<double>(rest);
  if (!step || *step < 0 || !row || *row < 0 || *row >= train.rows) return std::nullopt;
  const LabelledRow labelled{*step, *row, score};
  // Whatever else may be wrong with a line, it is then not the line that this row gives.
  if (line_of(labelled, train) != line) return std::nullopt;
  return labelled;
}

}  // namespace

std::string labelled_text(const std::vector<LabelledRow>& rows, const ImageTable& train) {
  std::string text = header(train) + "\n";
  for (const LabelledRow& row : rows) text += line_of(row, train) + "\n";
  return text;
}

std::vector<LabelledRow> read_labelled(const std::filesystem::path& path, const ImageTable& train) {
  std::vector<LabelledRow> rows;
  for (const auto& [line, text] : read_records(path, header(train))) {
    const auto row = parsed(text, train);
    if (!row) {
      throw InputError(fmt::format("{}: line {} is damaged, expected a labelled row of {}",
                                   path.string(), line, train.path.string()));
    }
    rows.push_back(*row);
  }
  return rows;
}

}  // namespace af::al
