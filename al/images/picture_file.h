#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "al/images/image_fit.h"

/// PNG (by libpng) and JPEG (by libjpeg-turbo) files, told apart by their first bytes. Eight bits a
/// channel, RGB order; what is half transparent lies on black; a JPEG's EXIF orientation is not
/// looked at. The only place that includes these libraries.
namespace af::al {

/// Size and channels: 1 if the file is grey, else 3.
/// @throws InputError if it is missing, neither PNG nor JPEG, or damaged.
[[nodiscard]] ImageShape picture_shape(const std::filesystem::path& path);

/// The picture's bytes [height, width, channels], grey or colour as asked for.
/// @param channels  1 or 3; of a colour picture 1 is its luminance.
/// @throws InputError
[[nodiscard]] std::vector<std::uint8_t> decoded_picture(const std::filesystem::path& path,
                                                        std::int64_t channels);

}  // namespace af::al
