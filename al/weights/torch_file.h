#pragma once

#include <filesystem>

#include "al/weights/named_tensors.h"

namespace af::al::weights {

/// The state dict in a file of PyTorch's torch.save: what it holds itself, or under "state_dict" or
/// "model" in it; values that are no tensors are passed over. Either a zip archive, as since
/// PyTorch 1.6, or a row of pickles with the values behind them, as before; torchvision's VGG-16 is
/// one of the latter. Nothing in it is executed (pickle.h).
/// @throws InputError if it is damaged or holds no tensor by name.
[[nodiscard]] NamedTensors read_torch_zip(const std::filesystem::path& path);
[[nodiscard]] NamedTensors read_torch_stream(const std::filesystem::path& path);

/// How either begins.
inline constexpr std::string_view kZipBeginning{"PK\x03\x04", 4};
inline constexpr std::string_view kStreamBeginning{
    "\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19.", 15};

}  // namespace af::al::weights
