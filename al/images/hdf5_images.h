#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "al/images/image_fit.h"
#include "core/dataset_reader.h"

/// Images in a column of an HDF5 file: bytes, or floating-point numbers from 0 to 1, which become
/// the nearest of 256 levels; as [N, height, width, 1 or 3], [N, height, width] (grey) or
/// [N, 1 or 3, height, width]. Where both ends could be channels the last are.
namespace af::al {

/// Opens a data set of the contract, which must be whole, or any other HDF5 file.
/// @throws InputError
[[nodiscard]] DatasetReader open_images(const std::filesystem::path& path,
                                        const std::vector<std::string>& columns);

/// @throws InputError if the column holds no images, or fitting gives a size that cannot be used.
[[nodiscard]] ImageShape fitted_image_shape(const DatasetReader& file, const std::string& column,
                                            const ImageFit& fit);

/// All images, fitted: [N, height, width, channels] as bytes.
/// @throws InputError if a floating-point image has a value outside of 0 to 1, with its row.
[[nodiscard]] std::vector<std::uint8_t> read_images(const DatasetReader& file,
                                                    const std::string& column, const ImageFit& fit);

}  // namespace af::al
