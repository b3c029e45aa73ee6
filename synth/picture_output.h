#pragma once

#include <filesystem>

namespace af::synth {

/// Before work whose end is a picture. @throws OutputError if the picture is there (without
/// `overwrite`) or cannot be written; ConfigError if its name is another format's, or if what
/// writes pictures cannot be loaded.
void check_picture_output(const std::filesystem::path& picture, bool overwrite);

}  // namespace af::synth
