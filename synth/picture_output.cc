#include "synth/picture_output.h"

#include <fmt/format.h>

#include <string>

#include "core/atomic_file.h"
#include "core/errors.h"
#include "core/text.h"
#include "synth/picture_codecs.h"

namespace af::synth {

void check_picture_output(const std::filesystem::path& picture, bool overwrite) {
  const std::string ending = lower_case(picture.extension().string());
  if (!ending.empty() && ending != ".png") {
    throw ConfigError(
        fmt::format("{} would hold a PNG picture; expected a name in .png", picture.string()));
  }
  check_writable(picture, overwrite);
  load_picture_codecs();
}

}  // namespace af::synth
