#include "synth/dataset_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "core/sha256.h"
#include "core/shard.h"
#include "synth/row.h"
#include "synth/synbols_check.h"
#include "synth/vocabulary.h"

namespace af::synth {
namespace {

namespace fs = std::filesystem;

CardFile card_file(const fs::path& path) {
  std::error_code ignored;
  return {path.filename().string(), fs::file_size(path, ignored), sha256_of_file(path)};
}

/// A text or number attribute as text; empty if there is none.
std::string attribute_text(const DatasetReader& file, const char* name) {
  const auto found = file.attributes().find(name);
  if (found == file.attributes().end()) return {};
  if (const auto* text = std::get_if<std::string>(&found->second)) return *text;
  const auto* number = std::get_if<std::int64_t>(&found->second);
  return number != nullptr ? fmt::format("{}", *number) : std::string{};
}

std::vector<std::pair<std::string, std::string>> fonts_of(const DatasetReader& file) {
  const auto hashes = file.attributes().find(kFontHashes);
  if (!file.has("font_file") || hashes == file.attributes().end()) return {};
  const auto* list = std::get_if<std::vector<std::string>>(&hashes->second);
  const std::vector<std::string>& names = file.column("font_file").vocabulary;
  std::vector<std::pair<std::string, std::string>> fonts;
  for (std::size_t i = 0; list != nullptr && i < std::min(names.size(), list->size()); ++i) {
    fonts.emplace_back(names[i], (*list)[i]);
  }
  return fonts;
}

std::vector<std::pair<std::string, std::uint64_t>> splits_of(const DatasetReader& file) {
  if (!file.has("split")) return {};
  const std::vector<std::string>& names = file.categorical("split").vocabulary;
  std::vector<std::pair<std::string, std::uint64_t>> splits;
  for (const std::string& name : names) splits.emplace_back(name, 0);
  for (const std::uint16_t code : file.read_all<std::uint16_t>("split")) {
    if (code < splits.size()) ++splits[code].second;
  }
  return splits;
}

std::string image_size(const DatasetReader& file) {
  const std::vector<std::uint64_t>& shape = file.column("x").item_shape;
  if (shape.size() != 3) return "images";
  return fmt::format("{} images of {} x {} pixels", shape[2] == 1 ? "grey" : "RGB", shape[0],
                     shape[1]);
}

std::string about(const DatasetReader& file, const std::optional<RealisedBias>& bias) {
  std::string text =
      fmt::format("{} {} of characters, drawn by afgen", file.rows(), image_size(file));
  if (!bias) return text + " from a list of rows.";
  std::string factors;
  const auto& tied = bias->table.factors;
  for (std::size_t f = 0; f < tied.size(); ++f) {
    factors +=
        fmt::format("{}{} ({} levels)", f == 0 ? "" : ", ", tied[f].factor, tied[f].levels.size());
  }
  return fmt::format("{}, with a configured joint distribution of {}.", text, factors);
}

std::string shape_text(const Column& column) {
  std::string shape = "N";
  for (const std::uint64_t side : column.item_shape) shape += fmt::format(" x {}", side);
  return shape;
}

std::string type_text(const Column& column) {
  switch (column.type) {
    case ElementType::kUint8: return "uint8";
    case ElementType::kUint16: return "uint16";
    case ElementType::kInt32: return "int32";
    case ElementType::kInt64: return "int64";
    case ElementType::kFloat32: return "float32";
    case ElementType::kFloat64: return "float64";
    case ElementType::kEnum:
      return column.is_boolean ? "bool" : fmt::format("enum of {}", column.vocabulary.size());
    case ElementType::kText: return "text";
  }
  return {};
}

/// Text as Markdown shows it, on one line: a character may be a backtick, a name hold anything.
std::string shown(const std::string& text) {
  constexpr std::string_view kActive = "\\`*_[]<>|~&";
  std::string line;
  for (const char c : text) {
    if (kActive.find(c) != std::string_view::npos) line.push_back('\\');
    line.push_back(c == '\n' || c == '\r' ? ' ' : c);
  }
  return line;
}

void add_rows(std::string& card, const std::string& head,
              std::span<const std::pair<std::string, std::string>> rows) {
  card += head;
  for (const auto& [name, value] : rows) {
    card += fmt::format("| {} | {} |\n", shown(name), shown(value));
  }
}

std::string bias_text(const RealisedBias& bias, std::uint64_t rows) {
  constexpr std::size_t kMostCells = 200;
  std::string text = "|";
  std::string line = "|";
  for (const ConditionalTable& factor : bias.table.factors) {
    text += fmt::format(" {} |", shown(factor.factor));
    line += "---|";
  }
  text += " rows | share | configured |\n" + line + "---|---|---|\n";
  for (std::size_t c = 0; c < std::min(bias.counts.size(), kMostCells); ++c) {
    const Levels levels = bias.table.levels_of(c);
    text += "|";
    for (std::size_t f = 0; f < bias.table.factors.size(); ++f) {
      text += fmt::format(" {} |", shown(bias.table.factors[f].levels[levels[f]]));
    }
    text += fmt::format(" {} | {:.4f} | {:.4f} |\n", bias.counts[c],
                        static_cast<double>(bias.counts[c]) / static_cast<double>(rows),
                        bias.shares[c]);
  }
  if (bias.counts.size() > kMostCells) {
    text += fmt::format("\nThe first {} of {} cells.\n", kMostCells, bias.counts.size());
  }
  if (!bias.expected.empty()) {
    return text +
           fmt::format("\nEvery cell was to have an exact count: the bias is {}.\n", verdict(bias));
  }
  if (bias.test.degrees == 0) return text;
  return text + fmt::format("\nThe bias is {}: {}.\n", verdict(bias), words_of(bias.test));
}

}  // namespace

DatasetCard describe_dataset(const DatasetReader& file, const CardWords& words) {
  DatasetCard card{.words = words, .rows = file.rows(), .columns = file.columns()};
  card.bias = realised_bias(file, kUsualAlpha, kUsualEffect);
  if (card.words.name.empty()) card.words.name = file.path().stem().string();
  if (card.words.about.empty()) card.words.about = about(file, card.bias);
  card.files.push_back(card_file(file.path()));
  for (const fs::path& part : file.parts()) card.files.push_back(card_file(part));
  for (const auto& [label, name] :
       {std::pair{"afgen", "program_version"}, std::pair{"revision", "git_revision"},
        std::pair{"seed", "seed"}, std::pair{"schema version", "schema_version"},
        std::pair{"shard", kShardAttribute}, std::pair{"gzip level", kGzipAttribute}}) {
    const std::string value = attribute_text(file, name);
    if (!value.empty()) card.making.emplace_back(label, value);
  }
  card.configuration = file.text_attribute("configuration");
  card.fonts = fonts_of(file);
  card.splits = splits_of(file);
  return card;
}

std::string card_markdown(const DatasetCard& card, const std::string& croissant) {
  std::string text = fmt::format("# {}\n\n{}\n\n", shown(card.words.name), card.words.about);
  const auto said = [](const std::string& word) { return word.empty() ? "not said" : word; };
  add_rows(
      text, "| | |\n|---|---|\n",
      std::vector<std::pair<std::string, std::string>>{{"rows", fmt::format("{}", card.rows)},
                                                       {"license", said(card.words.license)},
                                                       {"creator", said(card.words.creator)},
                                                       {"at", said(card.words.url)},
                                                       {"published", said(card.words.date)},
                                                       {"cite as", said(card.words.citation)}});
  text += fmt::format("| the same for machines | [{0}](<{0}>) |\n", shown(croissant));
  text += "\n## Files\n\n| file | bytes | SHA-256 |\n|---|---|---|\n";
  for (const CardFile& file : card.files) {
    text += fmt::format("| {} | {} | `{}` |\n", shown(file.name), file.bytes, file.sha256);
  }
  text += "\n## Bias\n\n";
  text += card.bias ? bias_text(*card.bias, card.rows)
                    : "The rows were listed one by one: there is no configured bias.\n";
  if (!card.splits.empty()) {
    text += "\n## Subsets\n\n| split | rows |\n|---|---|\n";
    for (const auto& [name, rows] : card.splits)
      text += fmt::format("| {} | {} |\n", shown(name), rows);
  }
  text += "\n## Columns\n\n| column | type | shape |\n|---|---|---|\n";
  for (const Column& column : card.columns) {
    text += fmt::format("| `{}` | {} | {} |\n", column.name, type_text(column), shape_text(column));
  }
  text += "\n## How it was made\n\n";
  add_rows(text, "| | |\n|---|---|\n", card.making);
  text += fmt::format(
      "\nThe configuration, from which the same program makes the same file:\n\n"
      "```toml\n{}```\n",
      card.configuration);
  if (!card.fonts.empty()) {
    text += "\nFonts, on whose own licenses the images depend:\n\n";
    add_rows(text, "| file | SHA-256 |\n|---|---|\n", card.fonts);
  }
  text +=
      "\n## What it is not\n\nThe images are drawn, not photographed: no person is in them, and "
      "nothing that a model learns from them says what it would learn from photographs. Where "
      "colours are tied to characters, a model that is trained on them may know the colour and "
      "not the character.\n";
  return text;
}

}  // namespace af::synth
