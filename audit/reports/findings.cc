#include "audit/reports/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "audit/reports/shown_numbers.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// A name of letters that run from right to left is set apart, or it would turn round what follows.
std::string short_name(const std::string& name) {
  constexpr std::size_t kMost = 80;
  const bool leftward = std::ranges::any_of(name, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD6U && byte <= 0xDFU;  // Lead bytes of U+0580 to U+07FF: Hebrew, Arabic, ...
  });
  const std::string text = printable(name, kMost);
  return leftward ? "\u2068" + text + "\u2069" : text;
}

struct Ends {
  const Named* low = nullptr;
  const Named* high = nullptr;
  std::vector<std::string> undefined;
};

Ends ends_of(std::span<const Named> estimates) {
  Ends ends;
  for (const Named& one : estimates) {
    if (!one.estimate.value) {
      ends.undefined.push_back(one.name);
      continue;
    }
    if (ends.low == nullptr || *one.estimate.value < *ends.low->estimate.value) ends.low = &one;
    if (ends.high == nullptr || *one.estimate.value > *ends.high->estimate.value) ends.high = &one;
  }
  return ends;
}

std::string with_name(const Named& one) {
  return fmt::format("{} ({})", shown_number(*one.estimate.value), short_name(one.name));
}

std::string count_words(const ContingencyTable& table, std::size_t cell) {
  const std::uint64_t count = table.count(cell);
  const double share = table.rows(cell).weight / table.all_rows().weight;
  return fmt::format("{} ({}, {})", short_name(cell_values(table, cell)), count,
                     shown_share(share));
}

}  // namespace

double spread(std::span<const Named> estimates) {
  const Ends ends = ends_of(estimates);
  return ends.low == nullptr ? 0.0 : *ends.high->estimate.value - *ends.low->estimate.value;
}

std::string range_sentence(const std::string& what, std::span<const Named> estimates) {
  const Ends ends = ends_of(estimates);
  if (ends.low == nullptr) return what + " is undefined everywhere.";
  std::string sentence =
      *ends.low->estimate.value == *ends.high->estimate.value
          ? fmt::format("{} is {} everywhere", what, shown_number(*ends.low->estimate.value))
          : fmt::format("{} goes from {} to {}", what, with_name(*ends.low), with_name(*ends.high));
  if (!ends.undefined.empty()) {
    sentence += fmt::format("; it is undefined for {}", listed_some(ends.undefined));
  }
  return sentence + ".";
}

std::string values_words(std::span<const Named> estimates) {
  constexpr std::size_t kMost = 6;
  std::string words;
  for (const Named& one : estimates.subspan(0, std::min(estimates.size(), kMost))) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", short_name(one.name),
                         one.estimate.value ? shown_number(*one.estimate.value) : "undefined");
  }
  if (estimates.size() <= kMost) return words;
  return words + fmt::format(" and {} more", estimates.size() - kMost);
}

std::string cells_sentence(const ContingencyTable& table, const std::string& what) {
  std::optional<std::size_t> most;
  std::optional<std::size_t> fewest;
  std::size_t empty = 0;
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    const std::uint64_t count = table.count(cell);
    if (count == 0) {
      ++empty;
      continue;
    }
    if (!most || count > table.count(*most)) most = cell;
    if (!fewest || count < table.count(*fewest)) fewest = cell;
  }
  if (!most) return "There are no rows.";
  std::string sentence = "Most rows: " + count_words(table, *most);
  if (fewest != most) sentence += "; fewest: " + count_words(table, *fewest);
  if (empty > 0) sentence += fmt::format("; {} of {} {} have none", empty, table.cells(), what);
  return sentence + ".";
}

std::vector<Named> by_group(const MetricFrame& frame, const GroupMetric& metric) {
  std::vector<Named> values;
  for (std::size_t g = 0; g < metric.by_group.size(); ++g) {
    values.push_back(
        {.name = cell_values(frame.groups, g), .estimate = metric.by_group[g].estimate});
  }
  return values;
}

}  // namespace af::audit
