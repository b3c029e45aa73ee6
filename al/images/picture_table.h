#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "al/images/factor.h"
#include "al/images/image_fit.h"

namespace af::al {

/// A CSV file (RFC 4180, a header, a line a picture) whose one column names pictures by their paths
/// from its folder. Of a folder its `metadata.csv`, as Hugging Face's ImageFolder has it.
class PictureTable {
 public:
  /// @throws InputError if the table is missing, has no rows or lines of another length than its
  ///         header, lacks the column, or leaves the name of a picture empty.
  PictureTable(const std::filesystem::path& path, const std::string& image_column);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }  ///< The CSV.
  [[nodiscard]] const std::vector<std::filesystem::path>& files() const noexcept { return files_; }
  /// @throws InputError if there is no such column, or as `factor_of_texts` does.
  [[nodiscard]] Factor factor(const std::string& column) const;

 private:
  [[nodiscard]] std::size_t column_index(const std::string& name) const;

  std::filesystem::path path_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::filesystem::path> files_;
};

struct FittedPictures {
  ImageShape shape;                  ///< Colour if one of the pictures is.
  std::vector<std::uint8_t> pixels;  ///< [N, height, width, channels]
};
/// All pictures of a table, decoded on all hardware threads.
/// @throws InputError if one cannot be read, differs in size from the first though `fit` resizes
///         none, or cannot be fitted.
[[nodiscard]] FittedPictures decoded_pictures(const PictureTable& table, const ImageFit& fit);

}  // namespace af::al
