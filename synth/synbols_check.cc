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

/// Where a factor stands in a row's text.
json::json_pointer place_of(const std::string& factor) {
  static const std::map<std::string, std::string> kOthers{{"bold", "/is_bold"},
                                                          {"language", "/alphabet"},
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

void each_synbols_row(const DatasetReader& file,
                      const std::function<void(std::uint64_t, const json&)>& look) {
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

void check_synbols_rows(const DatasetReader& file, std::uint64_t first) {
  each_synbols_row(file, [&](std::uint64_t row, const json& object) {
    const auto index = object.find("index");
    if (index == object.end() || *index != first + row) {
      damaged(file, row, fmt::format("it has not the index {}", first + row));
    }
  });
}

std::vector<std::vector<std::uint16_t>> synbols_levels(const DatasetReader& file,
                                                       std::span<const ConditionalTable> factors) {
  std::vector<std::vector<std::uint16_t>> levels(factors.size());
  std::vector<json::json_pointer> places;
  for (const ConditionalTable& factor : factors) places.push_back(place_of(factor.factor));
  each_synbols_row(file, [&](std::uint64_t row, const json& object) {
    for (std::size_t f = 0; f < factors.size(); ++f) {
      const std::vector<std::string>& names = factors[f].levels;
      const std::string name = object.contains(places[f]) ? level_name(object.at(places[f])) : "";
      const auto level = std::ranges::find(names, name);
      if (level == names.end()) {
        damaged(file, row,
                fmt::format("'{}' is '{}', which its configuration does not have",
                            places[f].to_string().substr(1), name));
      }
      levels[f].push_back(static_cast<std::uint16_t>(level - names.begin()));
    }
  });
  return levels;
}

}  // namespace af::synth
