#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>

namespace af::synth {

/// A word in the letters that OpenCV draws, which are ASCII's: a single other character as U+00E9,
/// longer words with ? for each byte.
[[nodiscard]] std::string drawable(const std::string& word);

/// Writes a picture (BGR) as PNG. @throws OutputError
void write_png(const cv::Mat& picture, const std::filesystem::path& path, bool overwrite);

}  // namespace af::synth
