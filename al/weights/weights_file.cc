#include "al/weights/weights_file.h"

#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <fstream>

#include "al/weights/safetensors_file.h"
#include "al/weights/torch_file.h"
#include "core/errors.h"

namespace af::al::weights {
namespace {

std::string beginning_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || !std::filesystem::is_regular_file(path)) {
    throw InputError(fmt::format("cannot read {}, expected a file of weights", path.string()));
  }
  std::string beginning(kStreamBeginning.size(), '\0');
  file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(file.gcount()));
  return beginning;
}

NamedTensors read_by_format(const std::filesystem::path& path) {
  const std::string beginning = beginning_of(path);
  if (beginning.starts_with(kZipBeginning)) return read_torch_zip(path);
  if (beginning.starts_with(kStreamBeginning)) return read_torch_stream(path);
  // A safetensors file has no mark of its own but the brace of its header.
  constexpr std::size_t kHeader = 8;
  if (beginning.size() > kHeader && beginning[kHeader] == '{') return read_safetensors(path);
  throw InputError(
      fmt::format("{} is no file of weights, expected safetensors or torch.save's", path.string()));
}

}  // namespace

NamedTensors read_weights(const std::filesystem::path& path) {
  try {
    return read_by_format(path);
  } catch (const c10::Error& error) {
    // Its own text goes on with a stack trace of many lines.
    const std::string message = error.what_without_backtrace();
    throw InputError(fmt::format("{} is damaged, expected a whole file of weights: {}",
                                 path.string(), message.substr(0, message.find('\n'))));
  }
}

}  // namespace af::al::weights
