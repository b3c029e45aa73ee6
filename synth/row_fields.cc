#include "synth/row_fields.h"

#include <algorithm>
#include <array>
#include <span>

namespace af::synth {
namespace {

enum class Kind { kText, kFlag, kOther };

struct Field {
  const char* name;
  const char* column;  ///< What a data set calls it, if that is another name.
  Kind kind = Kind::kOther;
};

constexpr std::array kFields{
    Field{"char", nullptr, Kind::kText},
    Field{"color", nullptr, Kind::kText},
    Field{"split", nullptr, Kind::kText},
    Field{"font_family", "font", Kind::kText},
    Field{"font_file", nullptr, Kind::kText},
    Field{"is_bold", "bold", Kind::kFlag},
    Field{"is_slant", "slant", Kind::kFlag},
    Field{"scale", nullptr},
    Field{"rotation", nullptr},
    Field{"translation", nullptr},
    Field{"foreground", nullptr},
    Field{"symbols", nullptr},
    Field{"background", nullptr},
    Field{"inverse_color", "inverse", Kind::kFlag},
    Field{"max_contrast", nullptr, Kind::kFlag},
    Field{"pixel_noise_scale", "noise_scale"},
    Field{"noise_key", nullptr},
    Field{"is_gray", "grey", Kind::kFlag},
    Field{"resolution", "size"},
};

bool is_kind(std::string_view name, Kind kind) {
  return std::ranges::any_of(kFields, [&](const Field& field) {
    return field.kind == kind &&
           (name == field.name || (field.column != nullptr && name == field.column));
  });
}

/// Of an image or a symbol: Synbols writes "True" for true.
void read_words(nlohmann::json& object) {
  for (const char* flag : {"is_bold", "is_slant"}) {
    const auto found = object.find(flag);
    if (found == object.end() || !found->is_string()) continue;
    if (*found == "True" || *found == "False") *found = *found == "True";
  }
  for (const char* name : {"foreground", "background"}) {
    const auto pattern = object.find(name);
    if (pattern == object.end() || !pattern->is_object() || !pattern->contains("image")) continue;
    (*pattern)["file"] = (*pattern)["image"];
  }
}

}  // namespace

nlohmann::json listed_form(nlohmann::json object) {
  read_words(object);
  if (object.contains("seed")) object["noise_key"] = object["seed"];
  const auto side = object.find("resolution");
  if (side != object.end() && side->is_array() && side->size() == 2)
    *side = nlohmann::json(side->front());
  const auto symbols = object.find("symbols");
  if (symbols == object.end() || !symbols->is_array()) return object;
  for (nlohmann::json& symbol : *symbols) {
    if (symbol.is_object()) read_words(symbol);
  }
  return object;
}

std::vector<std::string> row_fields() {
  std::vector<std::string> names;
  for (const Field& field : kFields) {
    names.emplace_back(field.name);
    if (field.column != nullptr) names.emplace_back(field.column);
  }
  return names;
}

bool is_text_field(std::string_view name) { return is_kind(name, Kind::kText); }
bool is_flag_field(std::string_view name) { return is_kind(name, Kind::kFlag); }

void rename_row_fields(nlohmann::json& object) {
  if (!object.is_object()) return;
  for (const Field& field : kFields) {
    if (field.column == nullptr) continue;
    const auto found = object.find(field.column);
    if (found == object.end()) continue;
    if (!object.contains(field.name)) object[field.name] = *found;
    object.erase(field.column);
  }
  const auto symbols = object.find("symbols");
  if (symbols == object.end() || !symbols->is_array()) return;
  for (nlohmann::json& symbol : *symbols) rename_row_fields(symbol);
}

}  // namespace af::synth
