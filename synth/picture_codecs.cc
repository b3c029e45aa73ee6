#include "synth/picture_codecs.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include "core/errors.h"

namespace af::synth {
namespace {

constexpr const char* kModule = "af_picture_codecs.so";

/// Found through the program's run path; stays until the program ends.
PictureCodecs load() {
  void* const module = ::dlopen(kModule, RTLD_LAZY | RTLD_LOCAL);
  void* const symbol = module == nullptr ? nullptr : ::dlsym(module, "af_picture_codecs");
  if (symbol == nullptr) {
    throw ConfigError(fmt::format(
        "pictures cannot be read or written: {}; expected the module where afgen was built or in "
        "lib beside its folder",
        ::dlerror()));
  }
  return reinterpret_cast<decltype(&af_picture_codecs)>(symbol)();
}

const PictureCodecs& codecs() {
  static const PictureCodecs loaded = load();
  return loaded;
}

}  // namespace

std::optional<cv::Mat> read_picture(const std::filesystem::path& path) {
  cv::Mat picture;
  if (!codecs().read(path.c_str(), picture)) return std::nullopt;
  return picture;
}

std::optional<std::vector<unsigned char>> png_of(const cv::Mat& picture) {
  std::vector<unsigned char> png;
  if (!codecs().write_png(picture, png)) return std::nullopt;
  return png;
}

void load_picture_codecs() { static_cast<void>(codecs()); }

}  // namespace af::synth
