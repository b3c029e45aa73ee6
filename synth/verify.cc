#include "synth/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/config_toml.h"
#include "core/dataset_parts.h"
#include "core/errors.h"
#include "synth/dataset_config.h"
#include "synth/replay.h"
#include "synth/split_assignment.h"
#include "synth/stored_rows.h"
#include "synth/synbols_check.h"

namespace af::synth {
namespace {

constexpr std::size_t kReadBytes = std::size_t{4} << 20;

[[noreturn]] void damaged(const DatasetReader& file, const std::string& complaint) {
  throw InputError(fmt::format("{} is damaged: {}", file.path().string(), complaint));
}

/// Looks at every element of a column, a few rows at a time.
template <class T, class Look>
void each(const DatasetReader& file, const Column& column, Look look) {
  const std::uint64_t in_row = column.item_bytes() / sizeof(T);
  const std::uint64_t rows =
      std::max<std::uint64_t>(kReadBytes / std::max<std::size_t>(column.item_bytes(), 1), 1);
  std::vector<T> values;
  for (std::uint64_t first = 0; first < file.rows(); first += rows) {
    const std::uint64_t count = std::min(rows, file.rows() - first);
    values.resize(count * in_row);
    file.read(column.name, first, count, std::as_writable_bytes(std::span(values)));
    for (std::size_t i = 0; i < values.size(); ++i) look(first + i / in_row, values[i]);
  }
}

void check_column(const DatasetReader& file, const Column& column) {
  const auto fail = [&](std::uint64_t row, const auto& value) {
    damaged(file, fmt::format("column '{}', row {} has {}", column.name, row, value));
  };
  switch (column.type) {
    case ElementType::kEnum:
      return each<std::uint16_t>(file, column, [&](std::uint64_t row, std::uint16_t code) {
        // A layer that a row does not have is all zeros.
        if (code != 0 && code >= column.vocabulary.size()) fail(row, code);
      });
    case ElementType::kFloat64:
      return each<double>(file, column, [&](std::uint64_t row, double value) {
        if (!std::isfinite(value)) fail(row, value);
      });
    case ElementType::kInt64:
      return each<std::int64_t>(file, column, [&](std::uint64_t row, std::int64_t value) {
        if (value < 0) fail(row, value);
      });
    case ElementType::kText: return;  // Has its own look.
    default: return each<std::uint8_t>(file, column, [](std::uint64_t, std::uint8_t) {});
  }
}

void check_index(const DatasetReader& file) {
  std::int64_t next = -1;
  each<std::int64_t>(file, file.column("index"), [&](std::uint64_t row, std::int64_t index) {
    if (next >= 0 && index != next) {
      damaged(file, fmt::format("column 'index', row {} has {}; expected {}", row, index, next));
    }
    next = index + 1;
  });
}

void check_layers(const DatasetReader& file) {
  if (!file.has("layers")) return;
  const auto& shape = file.column("layer_char").item_shape;
  const std::uint64_t room = shape.empty() ? 1 : shape.front();
  each<std::uint8_t>(file, file.column("layers"), [&](std::uint64_t row, std::uint8_t layers) {
    if (layers <= room) return;
    damaged(file, fmt::format("row {} has {} layers; expected at most {}", row, layers, room));
  });
}

/// Levels of a factor that the file's rows have, as positions in the configured ones.
std::vector<std::uint16_t> levels_in(const DatasetReader& file, const ConditionalTable& factor) {
  const Column& column = file.column(factor.factor);
  if (column.type == ElementType::kUint8) {  // A flag: "false", "true".
    const auto flags = file.read_all<std::uint8_t>(factor.factor);
    std::vector<std::uint16_t> levels;
    for (const std::uint8_t flag : flags) levels.push_back(flag == 0 ? 0 : 1);
    return levels;
  }
  std::vector<std::uint16_t> levels = file.read_all<std::uint16_t>(factor.factor);
  for (std::uint16_t& code : levels) {
    const std::string name = code < column.vocabulary.size() ? column.vocabulary[code] : "";
    const auto level = std::ranges::find(factor.levels, name);
    if (level == factor.levels.end()) {
      damaged(file, fmt::format("column '{}' has '{}', which its configuration does not",
                                column.name, name));
    }
    code = static_cast<std::uint16_t>(level - factor.levels.begin());
  }
  return levels;
}

std::vector<std::uint64_t> cell_counts(const DatasetReader& file, const JointTable& table) {
  std::vector<std::vector<std::uint16_t>> columns;
  if (has_synbols_layout(file)) {
    columns = synbols_levels(file, table.factors);
  } else {
    for (const ConditionalTable& factor : table.factors) columns.push_back(levels_in(file, factor));
  }
  std::vector<std::uint64_t> counts(table.cells(), 0);
  for (std::uint64_t row = 0; row < file.rows(); ++row) {
    Levels levels{};
    for (std::size_t f = 0; f < columns.size(); ++f) levels[f] = columns[f][row];
    ++counts[table.cell_of(levels)];
  }
  return counts;
}

/// The counts that a quota gives to the rows of a file, which may be a shard of the whole.
std::vector<std::uint64_t> quota_counts(const DatasetReader& file, const DatasetConfig& config,
                                        const JointTable& table) {
  if (!file.attributes().contains(kShardAttribute)) {
    return largest_remainder(table.joint(), file.rows());
  }
  const DatasetPart part = part_of(file);
  const QuotaCells cells(table, static_cast<std::uint64_t>(config.seed),
                         static_cast<std::uint64_t>(config.n));
  std::vector<std::uint64_t> counts(table.cells(), 0);
  for (std::uint64_t i = 0; i < part.rows; ++i) {
    ++counts[table.cell_of(cells(part.first_row + i))];
  }
  return counts;
}

std::optional<DatasetConfig> configuration_of(const DatasetReader& file) {
  const std::string source = "configuration of " + file.path().string();
  try {
    const TomlDocument document = parse_toml(file.text_attribute("configuration"), source);
    if (document.table.contains("attributes")) return std::nullopt;
    DatasetConfig config;
    read_toml(document, config);
    config.validate();
    return config;
  } catch (const ConfigError& error) {
    throw InputError(error.what());
  }
}

}  // namespace

void check_whole(const DatasetReader& file) {
  const bool is_shard = file.attributes().contains(kShardAttribute);
  const std::uint64_t first = is_shard ? part_of(file).first_row : 0;
  for (const Column& column : file.columns()) check_column(file, column);
  if (has_synbols_layout(file)) return check_synbols_rows(file, first);
  check_index(file);
  check_layers(file);
}

std::string why_not_replayed(const DatasetReader& file) {
  if (has_synbols_layout(file)) return "its rows are in Synbols' layout";
  try {
    const Replay replay(file);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

std::uint64_t check_pixels(const DatasetReader& file, std::uint64_t count) {
  Replay replay(file);
  const std::uint64_t drawn = std::min(count, file.rows());
  for (std::uint64_t i = 0; i < drawn; ++i) {
    const std::uint64_t row = i * file.rows() / drawn;
    const Sample sample = replay.draw(row);
    std::vector<std::uint8_t> image(sample.image.size());
    std::vector<std::uint8_t> mask(sample.mask.size());
    file.read("x", row, 1, std::as_writable_bytes(std::span(image)));
    file.read("mask", row, 1, std::as_writable_bytes(std::span(mask)));
    for (const auto& [name, same] :
         {std::pair{"x", image == sample.image}, std::pair{"mask", mask == sample.mask}}) {
      if (!same)
        damaged(file, fmt::format("'{}' of row {} is not what its columns say", name, row));
    }
  }
  return drawn;
}

std::optional<SplitCounts> split_counts(const DatasetReader& file) {
  if (has_synbols_layout(file)) return std::nullopt;
  const std::optional<DatasetConfig> config = configuration_of(file);
  if (!config) return std::nullopt;
  const RowFormat format = stored_format(file);
  const Vocabulary& words = format.vocabulary;
  // Splits go by codes. Behind the fonts there may be that of the occlusions.
  if (words.chars != config->chars || words.colors != config->colors ||
      !std::ranges::equal(
          std::span(words.fonts).first(std::min(words.fonts.size(), config->fonts.size())),
          config->fonts)) {
    damaged(file, "the names of its levels are not those of its configuration");
  }
  const SplitAssignment assigned(*config);
  StoredRows rows(file, format);
  SplitCounts counts{config->split.text(), {}};
  Row row;
  for (std::uint64_t i = 0; i < file.rows(); ++i) {
    rows(i, row);
    if (const Split expected = assigned(row); row.split != expected) {
      damaged(file, fmt::format("row {} is for {}; expected {} by {}", i, to_text(row.split),
                                to_text(expected), counts.rule));
    }
    ++counts.rows[static_cast<std::size_t>(row.split)];
  }
  return counts;
}

const char* verdict(const RealisedBias& bias) {
  return bias.as_configured ? "as configured" : "not as configured";
}

std::string words_of(const GTest& test) {
  return fmt::format("G = {:.2f} on {} degrees of freedom, p = {:.3g}", test.statistic,
                     test.degrees, test.p_value);
}

std::optional<RealisedBias> realised_bias(const DatasetReader& file, double alpha, double effect) {
  const std::optional<DatasetConfig> config = configuration_of(file);
  if (!config) return std::nullopt;
  RealisedBias bias;
  bias.table = config->joint();
  bias.shares = bias.table.joint();
  bias.counts = cell_counts(file, bias.table);
  bias.test = g_test(bias.counts, bias.shares, alpha, effect);
  if (config->draws == Draws::kQuota) {
    bias.expected = quota_counts(file, *config, bias.table);
    bias.as_configured = bias.counts == bias.expected;
  } else {
    bias.as_configured = bias.test.p_value >= alpha;
  }
  return bias;
}

}  // namespace af::synth
