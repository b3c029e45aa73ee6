#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

/// OpenCV's reading and writing of picture files. It brings 120 shared libraries, which to link
/// takes three times as long as all else that a program does before its first image; so it is a
/// module that is loaded when a picture is first read or written.
namespace af::synth {

/// What the module gives. Both say false if OpenCV cannot do it.
struct PictureCodecs {
  bool (*read)(const char* path, cv::Mat& picture);
  bool (*write_png)(const cv::Mat& picture, std::vector<unsigned char>& png);
};

/// A picture file as OpenCV reads it [rows, columns], 8-bit BGR; empty if it cannot be decoded.
/// Thread-safe.
/// @throws ConfigError if the module cannot be loaded.
[[nodiscard]] std::optional<cv::Mat> read_picture(const std::filesystem::path& path);

/// The bytes of a PNG file of the picture (BGR); empty if it cannot be made. Thread-safe.
/// @throws ConfigError if the module cannot be loaded.
[[nodiscard]] std::optional<std::vector<unsigned char>> png_of(const cv::Mat& picture);

/// Before work whose end needs them. @throws ConfigError if the module cannot be loaded.
void load_picture_codecs();

}  // namespace af::synth

/// What is looked up in the module.
extern "C" af::synth::PictureCodecs af_picture_codecs();
