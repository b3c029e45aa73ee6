#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/dataset_reader.h"

namespace af::al {

/// A categorical column.
struct Factor {
  std::string name;
  std::vector<std::string> vocabulary;
  std::vector<std::uint16_t> codes;  ///< [N], positions in the vocabulary.

  [[nodiscard]] std::size_t size() const noexcept { return vocabulary.size(); }
  [[nodiscard]] const std::string& value_of(std::int64_t row) const {
    return vocabulary[codes[static_cast<std::size_t>(row)]];
  }
};

/// Distinct values that a categorical column may have; more are an identifier or a measurement.
inline constexpr std::size_t kMostValues = 1000;

/// A column of texts as a factor: its vocabulary are the distinct texts, in order of number if all
/// are whole numbers, else of their bytes.
/// @param file  Names the file in messages.
/// @throws InputError if a text is empty, or there are more than `kMostValues` distinct ones.
[[nodiscard]] Factor factor_of_texts(const std::string& name, const std::vector<std::string>& texts,
                                     const std::string& file);

/// A column of an HDF5 file: an enum with its own vocabulary, whole numbers, or texts.
/// @throws InputError if there is none, or it is none of these.
[[nodiscard]] Factor read_factor(const DatasetReader& file, const std::string& name);

}  // namespace af::al
