#include "al/images/picture_file.h"

#include <fmt/format.h>
#include <png.h>
#include <turbojpeg.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "core/errors.h"

namespace af::al {
namespace {

using Bytes = std::vector<unsigned char>;

Bytes bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    throw InputError(fmt::format("{} cannot be read, expected a picture", path.string()));
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_png(const Bytes& bytes) {
  constexpr std::size_t kSignature = 8;
  return bytes.size() >= kSignature && png_sig_cmp(bytes.data(), 0, kSignature) == 0;
}

bool is_jpeg(const Bytes& bytes) {
  return bytes.size() >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

[[noreturn]] void refuse(const std::filesystem::path& path, const char* kind, const char* reason) {
  throw InputError(fmt::format("{} is a damaged {} file: {}", path.string(), kind, reason));
}

/// libpng's simplified reading, its memory freed when left.
class Png {
 public:
  Png(const std::filesystem::path& path, const Bytes& bytes) : path_(path) {
    image_.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) == 0) fail();
    image_.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  }
  ~Png() { png_image_free(&image_); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;

  [[nodiscard]] ImageShape shape() const {
    return {image_.height, image_.width, (image_.format & PNG_FORMAT_FLAG_COLOR) != 0 ? 3 : 1};
  }
  [[nodiscard]] Bytes pixels(std::int64_t channels) {
    image_.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    Bytes out(PNG_IMAGE_SIZE(image_));
    const png_color black{};
    if (png_image_finish_read(&image_, &black, out.data(), 0, nullptr) == 0) fail();
    return out;
  }

 private:
  [[noreturn]] void fail() { refuse(path_, "PNG", image_.message); }

  const std::filesystem::path& path_;
  png_image image_{};
};

class Jpeg {
 public:
  Jpeg(const std::filesystem::path& path, const Bytes& bytes)
      : path_(path), bytes_(bytes), handle_(tjInitDecompress(), &tjDestroy) {
    if (!handle_ || tjDecompressHeader3(handle_.get(), bytes_.data(), size(), &width_, &height_,
                                        &subsampling_, &color_space_) != 0) {
      fail();
    }
    if (width_ <= 0 || height_ <= 0) refuse(path_, "JPEG", "it ends before its size is said");
  }

  [[nodiscard]] ImageShape shape() const {
    return {height_, width_, color_space_ == TJCS_GRAY ? 1 : 3};
  }
  [[nodiscard]] Bytes pixels(std::int64_t channels) {
    Bytes out(ImageShape{height_, width_, channels}.bytes());
    const int format = channels == 1 ? TJPF_GRAY : TJPF_RGB;
    if (tjDecompress2(handle_.get(), bytes_.data(), size(), out.data(), width_, 0, height_, format,
                      TJFLAG_ACCURATEDCT) != 0) {
      fail();
    }
    return out;
  }

 private:
  [[nodiscard]] unsigned long size() const { return bytes_.size(); }
  [[noreturn]] void fail() const { refuse(path_, "JPEG", tjGetErrorStr2(handle_.get())); }

  const std::filesystem::path& path_;
  const Bytes& bytes_;
  std::unique_ptr<void, int (*)(tjhandle)> handle_;
  int width_ = 0;
  int height_ = 0;
  int subsampling_ = 0;
  int color_space_ = 0;
};

template <class Take>
auto opened(const std::filesystem::path& path, Take take) {
  const Bytes bytes = bytes_of(path);
  if (is_png(bytes)) {
    Png png(path, bytes);
    return take(png);
  }
  if (is_jpeg(bytes)) {
    Jpeg jpeg(path, bytes);
    return take(jpeg);
  }
  throw InputError(fmt::format("{} is no picture, expected PNG or JPEG", path.string()));
}

}  // namespace

ImageShape picture_shape(const std::filesystem::path& path) {
  return opened(path, [](auto& picture) { return picture.shape(); });
}

std::vector<std::uint8_t> decoded_picture(const std::filesystem::path& path,
                                          std::int64_t channels) {
  return opened(path, [&](auto& picture) { return picture.pixels(channels); });
}

}  // namespace af::al
