#include "synth/png_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/atomic_file.h"
#include "core/errors.h"
#include "fonts/characters.h"
#include "synth/picture_codecs.h"

namespace af::synth {

std::string drawable(const std::string& word) {
  const auto ascii = [](char c) { return c >= ' ' && c <= '~'; };
  if (std::ranges::all_of(word, ascii)) return word;
  if (const auto code = af::fonts::code_point(word)) {
    return fmt::format("U+{:04X}", static_cast<std::uint32_t>(*code));
  }
  std::string shown = word;
  std::ranges::replace_if(shown, std::not_fn(ascii), '?');
  return shown;
}

void write_png(const cv::Mat& picture, const std::filesystem::path& path, bool overwrite) {
  const auto png = png_of(picture);
  if (!png) {
    throw OutputError(fmt::format("{} could not be made as a PNG", path.string()));
  }
  write_file(path, {reinterpret_cast<const char*>(png->data()), png->size()}, overwrite);
}

}  // namespace af::synth
