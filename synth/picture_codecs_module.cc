#include <opencv2/imgcodecs.hpp>

#include "synth/picture_codecs.h"

namespace {

bool read(const char* path, cv::Mat& picture) {
  try {
    picture = cv::imread(path, cv::IMREAD_COLOR);
  } catch (const cv::Exception&) {
    return false;
  }
  return !picture.empty();
}

bool write_png(const cv::Mat& picture, std::vector<unsigned char>& png) {
  try {
    return cv::imencode(".png", picture, png);
  } catch (const cv::Exception&) {
    return false;
  }
}

}  // namespace

af::synth::PictureCodecs af_picture_codecs() { return {read, write_png}; }
