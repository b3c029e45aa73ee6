#include "synth/contact_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "synth/png_picture.h"

namespace af::synth {
namespace {

constexpr std::size_t kImagesInRow = 16;
constexpr int kGap = 4;
constexpr int kLabelWidth = 190;
constexpr int kLeastTile = 40;
constexpr std::size_t kMostGroups = 100;
constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
const cv::Scalar kPaper(255, 255, 255);
const cv::Scalar kInk(40, 40, 40);

/// The rows of one character and colour.
struct Group {
  std::string label;
  std::uint64_t count = 0;
  std::vector<std::uint64_t> first;  ///< The first rows of it.
};

std::vector<std::string> colors_of(const DatasetReader& file) {
  return file.has("color") ? file.categorical("color").vocabulary : std::vector<std::string>{""};
}

std::vector<Group> groups_of(const DatasetReader& file) {
  const std::vector<std::string>& chars = file.categorical("char").vocabulary;
  const std::vector<std::string> colors = colors_of(file);
  const auto char_codes = file.read_all<std::uint16_t>("char");
  const auto color_codes = file.has("color") ? file.read_all<std::uint16_t>("color")
                                             : std::vector<std::uint16_t>(char_codes.size(), 0);
  std::vector<Group> groups;
  for (const std::string& color : colors) {
    for (const std::string& text : chars) {
      groups.push_back({drawable(text) + " " + color, 0, {}});
    }
  }
  for (std::uint64_t i = 0; i < char_codes.size(); ++i) {
    Group& group = groups.at(color_codes[i] * chars.size() + char_codes[i]);
    if (group.count++ < kImagesInRow) group.first.push_back(i);
  }
  return groups;
}

cv::Mat read_image(const DatasetReader& file, std::uint64_t row) {
  const std::vector<std::uint64_t>& shape = file.column("x").item_shape;
  const int side = static_cast<int>(shape.at(0));
  const bool grey = shape.at(2) == 1;
  cv::Mat image(side, side, grey ? CV_8UC1 : CV_8UC3);
  file.read("x", row, 1,
            std::as_writable_bytes(std::span(image.data, image.total() * image.elemSize())));
  cv::Mat shown;
  cv::cvtColor(image, shown, grey ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
  // Enlarged by whole numbers: a picture of pixels stays one.
  const int factor = (kLeastTile + side - 1) / side;
  cv::resize(shown, shown, {}, factor, factor, cv::INTER_NEAREST);
  return shown;
}

void draw_group(const DatasetReader& file, const Group& group, int top, int tile, cv::Mat& sheet) {
  const double share = 100.0 * static_cast<double>(group.count) / static_cast<double>(file.rows());
  const cv::Point at(kGap, top + tile / 2);
  cv::putText(sheet, group.label, at, kFont, 0.55, kInk, 1, cv::LINE_AA);
  cv::putText(sheet, fmt::format("{} ({:.1f} %)", group.count, share), at + cv::Point(0, 18), kFont,
              0.42, kInk, 1, cv::LINE_AA);
  for (std::size_t i = 0; i < group.first.size(); ++i) {
    const cv::Mat image = read_image(file, group.first[i]);
    const int left = kLabelWidth + static_cast<int>(i) * (tile + kGap);
    image.copyTo(sheet(cv::Rect(left, top, image.cols, image.rows)));
  }
}

}  // namespace

void write_contact_sheet(const DatasetReader& file, const std::filesystem::path& picture,
                         bool overwrite) {
  std::vector<Group> groups = groups_of(file);
  if (groups.size() > kMostGroups) {
    std::erase_if(groups, [](const Group& group) { return group.count == 0; });
    groups.resize(std::min(groups.size(), kMostGroups));
  }
  const int tile = read_image(file, 0).rows;
  const int height = kGap + static_cast<int>(groups.size()) * (tile + kGap);
  const int width = kLabelWidth + static_cast<int>(kImagesInRow) * (tile + kGap);
  cv::Mat sheet(height, width, CV_8UC3, kPaper);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    draw_group(file, groups[g], kGap + static_cast<int>(g) * (tile + kGap), tile, sheet);
  }
  write_png(sheet, picture, overwrite);
}

}  // namespace af::synth
