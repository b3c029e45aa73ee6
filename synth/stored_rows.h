#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "core/dataset_reader.h"
#include "fonts/font_catalogue.h"
#include "synth/row_columns.h"

namespace af::synth {

/// What the columns of a written data set have room for, and its vocabularies but for the places of
/// font files. @throws InputError if the file has not the columns that every data set has.
[[nodiscard]] RowFormat stored_format(const DatasetReader& file);

/// The font files of a data set, in the order of its vocabulary.
/// @throws InputError if one is not there, or is not the one that the data set was made with.
[[nodiscard]] std::vector<fonts::FaceFile> stored_faces(const DatasetReader& file,
                                                        const fonts::FontCatalogue& fonts);

/// @throws InputError if a picture is not there, or is not the one that the data set was made with.
void check_pictures(const DatasetReader& file, const Vocabulary& vocabulary);

/// Rows of a written data set out of its columns; `x` and `mask` are not read. Thread-safe.
class StoredRows {
 public:
  /// @param format    As `stored_format` gives it.
  /// @param in_block  Rows read at once; 0: as many as make reading one after the other fast.
  StoredRows(const DatasetReader& file, const RowFormat& format, std::size_t in_block = 0);

  /// Makes `row` what the file says of row `at`, whatever it held.
  /// @throws InputError if that can be no row: a code that its vocabulary does not have, a number
  ///         that is none or that nothing can be drawn with.
  void operator()(std::uint64_t at, Row& row);

 private:
  struct Block {
    std::uint64_t number;
    RowBlock rows;
  };

  const RowBlock& block(std::uint64_t number);
  void check(std::uint64_t at, const Row& row) const;

  const DatasetReader& file_;
  RowFormat format_;
  RowColumns columns_;
  std::uint64_t in_block_;
  std::mutex mutex_;
  std::deque<Block> blocks_;  ///< The latest ones, the oldest first.
};

}  // namespace af::synth
