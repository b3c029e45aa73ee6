#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "al/weights/named_tensors.h"
#include "al/weights/pickle.h"

namespace af::al::weights {

/// Values in a row that tensors are views of, as a pickle of torch.save refers to them: the tuple
/// ("storage", type, key, device, count, ...).
struct Storage {
  std::string key;
  at::ScalarType type;
  std::int64_t count = 0;
};
/// @throws InputError if the persistent value is none.
[[nodiscard]] Storage storage_of(const PickleValue& persistent, const std::string& file);

/// Gives a storage's values, [count].
using StorageReader = std::function<at::Tensor(const Storage&)>;

/// The tensors of a pickled state dict, views of the storages as they were when it was saved.
/// @throws InputError if there are none or one is not within its storage.
[[nodiscard]] NamedTensors state_dict_of(const PickleValue& top, const StorageReader& read,
                                         const std::string& file);

}  // namespace af::al::weights
