#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "synth/dataset_card.h"

namespace af::synth {
namespace {

using json = nlohmann::ordered_json;

/// What the names of Croissant 1.0 stand for, as its specification prescribes.
json context() {
  json names{{"@language", "en"}, {"@vocab", "https://schema.org/"}};
  for (const char* name : {"citeAs",       "equivalentProperty",
                           "samplingRate", "column",
                           "extract",      "field",
                           "fileProperty", "fileObject",
                           "fileSet",      "format",
                           "includes",     "isLiveDataset",
                           "jsonPath",     "key",
                           "md5",          "parentField",
                           "path",         "recordSet",
                           "references",   "regex",
                           "repeated",     "replace",
                           "separator",    "source",
                           "subField",     "transform"}) {
    names[name] = std::string("cr:") + name;
  }
  names["conformsTo"] = "dct:conformsTo";
  names["cr"] = "http://mlcommons.org/croissant/";
  names["rai"] = "http://mlcommons.org/croissant/RAI/";
  names["dct"] = "http://purl.org/dc/terms/";
  names["sc"] = "https://schema.org/";
  for (const char* literal : {"data", "examples"}) {
    names[literal] = {{"@id", std::string("cr:") + literal}, {"@type", "@json"}};
  }
  names["dataType"] = {{"@id", "cr:dataType"}, {"@type", "@vocab"}};
  return names;
}

const char* data_type(const Column& column) {
  if (column.name == "x" || column.name == "mask") return "sc:ImageObject";
  switch (column.type) {
    case ElementType::kFloat32:
    case ElementType::kFloat64: return "sc:Float";
    case ElementType::kEnum: return column.is_boolean ? "sc:Boolean" : "sc:Text";
    case ElementType::kText: return "sc:Text";
    default: return "sc:Integer";
  }
}

std::string about(const Column& column) {
  std::string shape = "one value a row";
  if (!column.item_shape.empty()) {
    shape = "each row";
    for (const std::uint64_t side : column.item_shape) shape += fmt::format(" x {}", side);
  }
  if (column.vocabulary.empty() || column.is_boolean) return shape;
  return fmt::format("{}; an enum of {} names", shape, column.vocabulary.size());
}

json field(const Column& column, const std::string& file) {
  json field{{"@type", "cr:Field"},
             {"@id", "rows/" + column.name},
             {"name", column.name},
             {"description", about(column)},
             {"dataType", data_type(column)},
             {"source", {{"fileObject", {{"@id", file}}}, {"extract", {{"column", column.name}}}}}};
  const bool image = column.name == "x" || column.name == "mask";
  if (!column.item_shape.empty() && !image) field["repeated"] = true;
  return field;
}

}  // namespace

std::string card_croissant(const DatasetCard& card) {
  json data{{"@context", context()},
            {"@type", "sc:Dataset"},
            {"name", card.words.name},
            {"description", card.words.about},
            {"conformsTo", "http://mlcommons.org/croissant/1.0"},
            {"version", "1.0.0"}};
  if (!card.words.license.empty()) data["license"] = card.words.license;
  if (!card.words.url.empty()) data["url"] = card.words.url;
  if (!card.words.date.empty()) data["datePublished"] = card.words.date;
  if (!card.words.citation.empty()) data["citeAs"] = card.words.citation;
  if (!card.words.creator.empty()) {
    data["creator"] = {{"@type", "sc:Person"}, {"name", card.words.creator}};
  }
  data["distribution"] = json::array();
  for (const CardFile& file : card.files) {
    data["distribution"].push_back({{"@type", "cr:FileObject"},
                                    {"@id", file.name},
                                    {"name", file.name},
                                    {"contentUrl", file.name},
                                    {"contentSize", fmt::format("{} B", file.bytes)},
                                    {"encodingFormat", "application/x-hdf5"},
                                    {"sha256", file.sha256}});
  }
  json fields = json::array();
  for (const Column& column : card.columns) {
    fields.push_back(field(column, card.files.front().name));
  }
  data["recordSet"] = json::array({{{"@type", "cr:RecordSet"},
                                    {"@id", "rows"},
                                    {"name", "rows"},
                                    {"description", fmt::format("{} images", card.rows)},
                                    {"field", fields}}});
  return data.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace af::synth
