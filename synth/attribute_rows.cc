#include "synth/attribute_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/config_toml.h"
#include "core/dataset_reader.h"
#include "core/sha256.h"
#include "synth/csv_rows.h"
#include "synth/row_changes.h"
#include "synth/row_fields.h"
#include "synth/row_list.h"
#include "synth/stored_rows.h"
#include "synth/synbols_check.h"

namespace af::synth {
namespace {

namespace fs = std::filesystem;

enum class Form { kJsonLines, kCsv, kDataset, kSynbols };

Form form_of(const fs::path& path) {
  constexpr std::string_view kHdf5 = "\x89HDF\r\n\x1a\n";
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {  // It is read three times.
    throw InputError(fmt::format("{} is no regular file; expected JSON lines, CSV or a data set",
                                 path.string()));
  }
  std::ifstream file(path, std::ios::binary);
  std::string start(kHdf5.size(), '\0');
  if (!file || !file.read(start.data(), static_cast<std::streamsize>(start.size()))) {
    start.clear();
  }
  if (start == kHdf5 || path.extension() == ".h5") {
    return has_synbols_layout(DatasetReader(path)) ? Form::kSynbols : Form::kDataset;
  }
  return path.extension() == ".csv" ? Form::kCsv : Form::kJsonLines;
}

void read_lines(const fs::path& path, RowList& list) {
  std::ifstream file(path);
  if (!file) throw InputError(fmt::format("{} cannot be read", path.string()));
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string where = fmt::format("{}, line {}", path.string(), number);
    nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
    if (object.is_discarded()) throw InputError(where + ": this is no JSON");
    list.add(std::move(object), where);
  }
}

void read_synbols_file(const fs::path& path, RowList& list) {
  each_synbols_row(DatasetReader(path), [&](std::uint64_t row, const nlohmann::json& object) {
    list.add(listed_form(object), fmt::format("{}, column 'y', row {}", path.string(), row));
  });
}

/// Rows of a text file, or of texts in a data set, all in memory.
RowSource text_rows(const ListedConfig& config, Form form) {
  RowList list(config);
  if (form == Form::kCsv) {
    read_csv_rows(config.attributes, [&](const nlohmann::json& object, const std::string& where) {
      list.add(object, where);
    });
  } else if (form == Form::kSynbols) {
    read_synbols_file(config.attributes, list);
  } else {
    read_lines(config.attributes, list);
  }
  if (list.rows().empty()) throw InputError(fmt::format("{} has no rows", config.attributes));
  list.check_glyphs();
  RowSource source;
  source.format = list.format();
  source.rows = list.rows().size();
  const auto rows = std::make_shared<const std::vector<Row>>(std::move(list.rows()));
  source.fill = [rows](std::uint64_t i, Row& row) { row = (*rows)[i]; };
  return source;
}

/// Rows of another data set, read while they are drawn.
RowSource stored_rows(const ListedConfig& config) {
  struct Stored {
    explicit Stored(const std::string& path) : file(path) {}
    DatasetReader file;
    std::unique_ptr<StoredRows> rows;
  };
  const auto stored = std::make_shared<Stored>(config.attributes);
  RowSource source;
  source.format = stored_format(stored->file);
  Vocabulary& words = source.format.vocabulary;
  words.faces = stored_faces(
      stored->file, fonts::FontCatalogue(config.font_dir.value_or(std::vector<std::string>{})));
  if (!config.images.empty() && !words.images.empty()) words.image_folder = config.images;
  check_pictures(stored->file, words);
  source.rows = stored->file.rows();
  stored->rows = std::make_unique<StoredRows>(stored->file, source.format);
  source.fill = [stored](std::uint64_t i, Row& row) { (*stored->rows)(i, row); };
  return source;
}

/// The configuration that a file of these rows carries.
ListedConfig recorded(const ListedConfig& config) {
  ListedConfig record = config;
  record.attributes_sha256 = sha256_of_file(config.attributes);
  if (config.attributes_sha256.empty() || config.attributes_sha256 == record.attributes_sha256) {
    return record;
  }
  throw InputError(
      fmt::format("{} is not the file that the rows were listed in: its SHA-256 is {}; expected {}",
                  config.attributes, record.attributes_sha256, config.attributes_sha256));
}

}  // namespace

RowSource listed_rows(const ListedConfig& config) {
  const Form form = form_of(config.attributes);
  RowSource source = form == Form::kDataset ? stored_rows(config) : text_rows(config, form);
  if (!config.swap.empty() || !config.replace.empty()) {
    const auto changes = std::make_shared<const RowChanges>(config, source.format);
    source.fill = [changes, given = std::move(source.fill)](std::uint64_t i, Row& row) {
      given(i, row);
      (*changes)(row);
    };
  }
  source.attributes = vocabulary_attributes(source.format.vocabulary);
  source.attributes["configuration"] = write_toml(recorded(config));
  source.attributes["seed"] = config.seed;
  const MaskKind masks = source.format.image.masks;
  if (masks != MaskKind::kFirst) source.attributes[kMaskAttribute] = to_text(masks);
  return source;
}

}  // namespace af::synth
