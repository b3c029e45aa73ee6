#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/dataset_reader.h"
#include "synth/verify.h"

namespace af::synth {

/// What only a person knows of a data set; empty: not said.
struct CardWords {
  std::string name;  ///< Empty: the file's, without its ending.
  std::string about;
  std::string license;  ///< A URL or an SPDX name.
  std::string creator;
  std::string url;
  std::string date;      ///< Of its publication.
  std::string citation;  ///< How to cite it.
};

/// A file that a data set lies in.
struct CardFile {
  std::string name;  ///< Without its folder.
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// What a data set file says of itself, for a reader or for a catalogue.
struct DatasetCard {
  CardWords words;  ///< With a name and a description.
  std::uint64_t rows = 0;
  std::vector<CardFile> files;  ///< The data set's own first, then its parts if it refers to them.
  std::vector<Column> columns;
  std::vector<std::pair<std::string, std::string>> making;  ///< Program, revision, seed, shard.
  std::string configuration;                                ///< TOML
  std::vector<std::pair<std::string, std::string>> fonts;   ///< Files and their SHA-256.
  std::vector<std::pair<std::string, std::uint64_t>> splits;
  std::optional<RealisedBias> bias;  ///< Empty for listed rows.
};

/// @throws InputError if the file's configuration or columns cannot be read.
[[nodiscard]] DatasetCard describe_dataset(const DatasetReader& file, const CardWords& words);

/// The card as Markdown, after Gebru et al. 2021, "Datasheets for Datasets", as far as a program
/// can fill it in.
/// @param croissant  Name of the file with the same in JSON-LD.
[[nodiscard]] std::string card_markdown(const DatasetCard& card, const std::string& croissant);

/// The card as JSON-LD after Croissant 1.0 (http://mlcommons.org/croissant/1.0): the files with
/// their sizes and SHA-256, and a record set with a field for each column. Croissant knows no HDF5,
/// so that a field names its column, but no reader of Croissant extracts it.
[[nodiscard]] std::string card_croissant(const DatasetCard& card);

}  // namespace af::synth
