#include "synth/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <map>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "core/errors.h"
#include "core/text.h"
#include "synth/picture_codecs.h"

namespace af::synth {
namespace {

namespace fs = std::filesystem;

constexpr std::array kSuffixes{".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"};
constexpr std::size_t kCacheBytes = std::size_t{64} << 20;

bool is_picture(const fs::path& path) {
  const std::string suffix = lower_case(path.extension().string());
  return std::ranges::find(kSuffixes, suffix) != kSuffixes.end();
}

std::size_t bytes_of(const cv::Mat& picture) { return picture.total() * picture.elemSize(); }

/// So that many large pictures have room.
cv::Mat reduced(const cv::Mat& picture, int resolution) {
  const double most = Pictures::kMostDetail * resolution;
  const double factor = most / std::min(picture.cols, picture.rows);
  if (factor >= 1.0) return picture;
  cv::Mat result;
  cv::resize(picture, result, {}, factor, factor, cv::INTER_AREA);
  return result;
}

/// At least one pixel of the picture.
cv::Rect pixels_of(const std::array<double, 4>& crop, const cv::Mat& picture) {
  const auto part = [](double from, double to, int size) {
    const int first = std::clamp(static_cast<int>(std::floor(from * size)), 0, size - 1);
    const int last = std::clamp(static_cast<int>(std::floor(to * size)), first + 1, size);
    return std::pair{first, last - first};
  };
  const auto [left, width] = part(crop[0], crop[2], picture.cols);
  const auto [top, height] = part(crop[1], crop[3], picture.rows);
  return {left, top, width, height};
}

}  // namespace

std::vector<std::string> pictures_in(const fs::path& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code no_file;  // Such as of a link that leads nowhere.
    if (!entry->is_regular_file(no_file) || !is_picture(entry->path())) continue;
    names.push_back(entry->path().lexically_relative(folder).string());
  }
  if (error) {
    throw InputError(fmt::format("the folder of pictures {} cannot be read: {}", folder.string(),
                                 error.message()));
  }
  if (names.empty()) {
    throw InputError(
        fmt::format("the folder {} holds no picture; expected files of JPEG, PNG, BMP, "
                    "WebP or TIFF",
                    folder.string()));
  }
  if (names.size() > kMostPictures) {
    throw InputError(fmt::format("the folder {} holds {} pictures; expected at most {}",
                                 folder.string(), names.size(), kMostPictures));
  }
  std::ranges::sort(names);
  return names;
}

struct Pictures::State {
  fs::path folder;
  std::vector<std::string> names;
  std::map<std::uint16_t, cv::Mat> decoded;
  std::deque<std::uint16_t> oldest;  ///< Of the decoded ones, first.
  std::size_t bytes = 0;
  cv::Mat resampled;

  const cv::Mat& picture(std::uint16_t code, int resolution) {
    if (const auto known = decoded.find(code); known != decoded.end()) return known->second;
    const fs::path path = folder / names.at(code);
    const std::optional<cv::Mat> read = read_picture(path);
    if (!read) {
      throw InputError(fmt::format("{} cannot be decoded as a picture", path.string()));
    }
    cv::Mat kept = reduced(*read, resolution);
    bytes += bytes_of(kept);
    while (bytes > kCacheBytes && !oldest.empty()) {
      bytes -= bytes_of(decoded.at(oldest.front()));
      decoded.erase(oldest.front());
      oldest.pop_front();
    }
    oldest.push_back(code);
    return decoded[code] = std::move(kept);
  }
};

Pictures::Pictures() : state_(std::make_unique<State>()) {}
Pictures::Pictures(fs::path folder, std::vector<std::string> names) : Pictures() {
  cv::setNumThreads(1);  // Rows are drawn by threads already.
  state_->folder = std::move(folder);
  state_->names = std::move(names);
}
Pictures Pictures::sibling() const { return {state_->folder, state_->names}; }
Pictures::~Pictures() = default;
Pictures::Pictures(Pictures&&) noexcept = default;
Pictures& Pictures::operator=(Pictures&&) noexcept = default;

void Pictures::paint(const Pattern& pattern, int resolution, const fonts::PixelBox& box,
                     const PixelRun& out) {
  const cv::Mat& picture = state_->picture(pattern.image, resolution);
  const cv::Mat crop = picture(pixels_of(pattern.crop, picture));
  const bool shrinks = crop.cols >= resolution && crop.rows >= resolution;
  cv::Mat& resampled = state_->resampled;
  cv::resize(crop, resampled, {resolution, resolution}, 0, 0,
             shrinks ? cv::INTER_AREA : cv::INTER_LINEAR_EXACT);
  std::size_t at = 0;
  for (int y = box.first_row; y < box.last_row; ++y) {
    const auto* const row = resampled.ptr<cv::Vec3b>(y);
    for (int x = box.first_column; x < box.last_column; ++x, ++at) {
      for (int c = 0; c < 3; ++c) out.rgb[static_cast<std::size_t>(c)][at] = row[x][2 - c];
    }
  }
  if (out.alpha != nullptr) std::fill_n(out.alpha, box.pixels(), std::uint8_t{255});
}

}  // namespace af::synth
