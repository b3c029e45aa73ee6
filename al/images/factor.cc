#include "al/images/factor.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "core/errors.h"

namespace af::al {
namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

void sort_values(std::vector<std::string>& values) {
  std::ranges::sort(values);
  const auto is_number = [](const std::string& text) { return whole_number(text).has_value(); };
  if (std::ranges::all_of(values, is_number)) {
    std::ranges::stable_sort(values, {}, [](const auto& text) { return *whole_number(text); });
  }
}

Factor read_enum(const DatasetReader& file, const Column& column) {
  Factor factor{column.name, column.vocabulary, file.read_all<std::uint16_t>(column.name)};
  const auto bad = std::ranges::find_if(
      factor.codes, [&](std::uint16_t code) { return code >= factor.vocabulary.size(); });
  if (bad != factor.codes.end()) {
    throw InputError(fmt::format("{}: row {} of column '{}' has code {}, expected less than {}",
                                 file.path().string(), bad - factor.codes.begin(), column.name,
                                 *bad, factor.vocabulary.size()));
  }
  return factor;
}

template <class T>
std::vector<std::string> numbers_as_texts(const DatasetReader& file, const std::string& name) {
  std::vector<std::string> texts;
  for (const T value : file.read_all<T>(name)) texts.push_back(std::to_string(value));
  return texts;
}

std::vector<std::string> column_as_texts(const DatasetReader& file, const Column& column) {
  switch (column.type) {
    case ElementType::kUint8: return numbers_as_texts<std::uint8_t>(file, column.name);
    case ElementType::kUint16: return numbers_as_texts<std::uint16_t>(file, column.name);
    case ElementType::kInt32: return numbers_as_texts<std::int32_t>(file, column.name);
    case ElementType::kInt64: return numbers_as_texts<std::int64_t>(file, column.name);
    default: break;
  }
  throw InputError(fmt::format(
      "{}: column '{}' holds numbers with a fraction, expected an enum, whole numbers or texts",
      file.path().string(), column.name));
}

}  // namespace

Factor factor_of_texts(const std::string& name, const std::vector<std::string>& texts,
                       const std::string& file) {
  std::set<std::string> distinct;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    if (texts[row].empty()) {
      throw InputError(
          fmt::format("{}: row {} of column '{}' is empty, expected a value in every "
                      "row; leave such rows out or name what is missing",
                      file, row, name));
    }
    distinct.insert(texts[row]);
    if (distinct.size() > kMostValues) {
      throw InputError(
          fmt::format("{}: column '{}' has more than {} distinct values, expected categories", file,
                      name, kMostValues));
    }
  }
  Factor factor{name, {distinct.begin(), distinct.end()}, {}};
  sort_values(factor.vocabulary);
  std::map<std::string, std::uint16_t> codes;
  for (std::size_t i = 0; i < factor.size(); ++i) {
    codes.emplace(factor.vocabulary[i], static_cast<std::uint16_t>(i));
  }
  for (const std::string& text : texts) factor.codes.push_back(codes.at(text));
  return factor;
}

Factor read_factor(const DatasetReader& file, const std::string& name) {
  if (file.has_texts(name)) {
    return factor_of_texts(name, file.read_texts(name), file.path().string());
  }
  const Column& column = file.column(name);
  if (!column.item_shape.empty()) {
    throw InputError(fmt::format("{}: column '{}' has {} values a row, expected one",
                                 file.path().string(), name, column.item_elements()));
  }
  if (column.type == ElementType::kEnum) return read_enum(file, column);
  return factor_of_texts(name, column_as_texts(file, column), file.path().string());
}

}  // namespace af::al
