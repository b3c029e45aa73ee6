#include "synth/bias_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>

#include "synth/png_picture.h"

namespace af::synth {
namespace {

constexpr int kTileWidth = 120;
constexpr int kTileHeight = 62;
constexpr int kLetter = 9;  ///< Width of a label's letter, in pixels.
constexpr int kLeastMargin = 90;
constexpr int kHead = 64;
constexpr int kFoot = 30;
constexpr std::size_t kMostShown = 60;
constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
const cv::Scalar kPaper(255, 255, 255);
const cv::Scalar kInk(40, 40, 40);
const cv::Scalar kShade(150, 90, 30);  // Blue, which the colour-blind see as well.

/// A row of the picture: a combination of all factors but the last.
struct Given {
  std::string label;
  std::size_t first_cell = 0;
};

std::string given_label(const JointTable& table, std::size_t cell) {
  const Levels levels = table.levels_of(cell);
  std::string label;
  for (std::size_t f = 0; f + 1 < table.factors.size(); ++f) {
    label += fmt::format("{}{}", f == 0 ? "" : ", ", drawable(table.factors[f].levels[levels[f]]));
  }
  return label.empty() ? "all" : label;
}

void write_text(cv::Mat& sheet, const std::string& text, int x, int y, double size,
                const cv::Scalar& color = kInk) {
  cv::putText(sheet, text, {x, y}, kFont, size, color, 1, cv::LINE_AA);
}

/// A column's head, no wider than the column.
std::string head(const std::string& level) {
  constexpr std::size_t kMost = kTileWidth / kLetter - 1;
  const std::string text = drawable(level);
  return text.size() <= kMost ? text : text.substr(0, kMost - 2) + "..";
}

void draw_cell(const RealisedBias& bias, const Given& given, std::size_t level, cv::Mat tile) {
  const std::size_t levels = bias.table.factors.back().levels.size();
  const auto counts = std::span(bias.counts).subspan(given.first_cell, levels);
  const auto shares = std::span(bias.shares).subspan(given.first_cell, levels);
  const auto rows = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  const double realised =
      rows == 0 ? 0.0 : static_cast<double>(counts[level]) / static_cast<double>(rows);
  const double given_share = std::accumulate(shares.begin(), shares.end(), 0.0);
  tile = kPaper * (1.0 - realised) + kShade * realised;
  const cv::Scalar ink = realised > 0.5 ? kPaper : kInk;
  const std::string shown = rows > 0 ? fmt::format("{:.3f}", realised) : "no rows";
  write_text(tile, shown, 8, 22, 0.55, ink);
  const std::string configured =
      given_share > 0.0 ? fmt::format("({:.3f})", shares[level] / given_share) : "(undefined)";
  write_text(tile, configured, 8, 39, 0.4, ink);
  write_text(tile, fmt::format("{} rows", counts[level]), 8, 54, 0.4, ink);
}

std::string title(const JointTable& table) {
  std::string given;
  for (std::size_t f = 0; f + 1 < table.factors.size(); ++f) {
    given += (f == 0 ? " | " : ", ") + table.factors[f].factor;
  }
  return fmt::format("P({}{}): realised (configured)", table.factors.back().factor, given);
}

std::string result(const RealisedBias& bias) {
  if (!bias.expected.empty()) return fmt::format("exact counts, {}", verdict(bias));
  return fmt::format("{}: {}", verdict(bias), words_of(bias.test));
}

}  // namespace

void write_bias_picture(const RealisedBias& bias, const std::filesystem::path& picture,
                        bool overwrite) {
  const std::vector<std::string>& levels = bias.table.factors.back().levels;
  const std::size_t all_rows = bias.counts.size() / levels.size();
  const std::size_t columns = std::min(levels.size(), kMostShown);
  std::vector<Given> rows;
  std::size_t longest = 0;
  for (std::size_t r = 0; r < std::min(all_rows, kMostShown); ++r) {
    rows.push_back({given_label(bias.table, r * levels.size()), r * levels.size()});
    longest = std::max(longest, rows.back().label.size());
  }
  const int margin = std::max(kLeastMargin, 20 + kLetter * static_cast<int>(longest));
  const int width = std::max(margin + static_cast<int>(columns) * kTileWidth + 10, 560);
  const int height = kHead + static_cast<int>(rows.size()) * kTileHeight + kFoot;
  cv::Mat sheet(height, width, CV_8UC3, kPaper);
  write_text(sheet, title(bias.table), 10, 24, 0.55);
  for (std::size_t c = 0; c < columns; ++c) {
    const int left = margin + static_cast<int>(c) * kTileWidth;
    write_text(sheet, head(levels[c]), left + 8, kHead - 10, 0.5);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const int top = kHead + static_cast<int>(r) * kTileHeight;
      draw_cell(bias, rows[r], c, sheet(cv::Rect(left, top, kTileWidth - 2, kTileHeight - 2)));
      if (c == 0) write_text(sheet, rows[r].label, 10, top + 34, 0.5);
    }
  }
  std::string foot = result(bias);
  if (columns < levels.size() || rows.size() < all_rows) {
    foot += fmt::format("; shown: {} of {} rows, {} of {} columns", rows.size(), all_rows, columns,
                        levels.size());
  }
  write_text(sheet, foot, 10, height - 10, 0.42);
  write_png(sheet, picture, overwrite);
}

}  // namespace af::synth
