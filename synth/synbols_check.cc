#include "synth/synbols_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "core/config.h"
#include "core/errors.h"
#include "synth/generate.h"

namespace af::synth {
namespace {

using nlohmann::json;

constexpr std::uint64_t kRowsAtOnce = 256;

[[noreturn]] void damaged(const DatasetReader& file, std::uint64_t row, const std::string& what) {
  throw InputError(
      fmt::format("{} is damaged: column 'y', row {}: {}", file.path().string(), row, what));
}

/// Calls look(row, object) for every row.
template <class Look>
void each_row(const DatasetReader& file, Look look) {
  const std::size_t bytes = file.column("y").item_bytes();
  std::vector<char> texts;
  for (std::uint64_t first = 0; first < file.rows(); first += kRowsAtOnce) {
    const std::uint64_t count = std::min(kRowsAtOnce, file.rows() - first);
    texts.resize(count * bytes);
    file.read("y", first, count, std::as_writable_bytes(std::span(texts)));
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::string_view padded(texts.data() + i * bytes, bytes);
      const json object = json::parse(padded.substr(0, padded.find('\0')), nullptr, false);
      if (!object.is_object()) damaged(file, first + i, "this is no JSON object");
      look(first + i, object);
    }
  }
}

/// Where a factor stands in a row's text.
json::json_pointer place_of(const std::string& factor) {
  static const std::map<std::string, std::string> kOthers{{"bold", "/is_bold"},
                                                          {"slant", "/is_slant"},
                                                          {"inverse", "/inverse_color"},
                                                          {"foreground", "/foreground/type"},
                                                          {"background", "/background/type"}};
  const auto other = kOthers.find(factor);
  return json::json_pointer(other != kOthers.end() ? other->second : "/" + factor);
}

/// A value as a configuration names it: Synbols writes "True" for true.
std::string level_name(const json& value) {
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  if (text == "True") return "true";
  return text == "False" ? "false" : text;
}

}  // namespace

bool has_synbols_layout(const DatasetReader& file) {
  const auto layout = file.attributes().find(kLayoutAttribute);
  return layout != file.attributes().end() &&
         layout->second == Attribute(to_text(Layout::kSynbols));
}

void check_synbols_rows(const DatasetReader& file, std::uint64_t first) {
  each_row(file, [&](std::uint64_t row, const json& object) {
    const auto index = object.find("index");
    if (index == object.end() || *index != first + row) {
      damaged(file, row, fmt::format("it has not the index {}", first + row));
    }
  });
}

std::vector<std::uint16_t> synbols_levels(const DatasetReader& file,
                                          const ConditionalTable& factor) {
  std::vector<std::uint16_t> levels;
  const json::json_pointer place = place_of(factor.factor);
  each_row(file, [&](std::uint64_t row, const json& object) {
    const std::string name = object.contains(place) ? level_name(object.at(place)) : "";
    const auto level = std::ranges::find(factor.levels, name);
    if (level == factor.levels.end()) {
      damaged(file, row,
              fmt::format("'{}' is '{}', which its configuration does not have",
                          place.to_string().substr(1), name));
    }
    levels.push_back(static_cast<std::uint16_t>(level - factor.levels.begin()));
  });
  return levels;
}

}  // namespace af::synth
