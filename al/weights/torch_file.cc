#include "al/weights/torch_file.h"

#include <ATen/ATen.h>
#include <caffe2/serialize/inline_container.h>
#include <fmt/format.h>

#include <fstream>

#include "al/weights/pickle.h"
#include "al/weights/state_dict.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al::weights {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void wrong_size(const std::string& file, const Storage& storage) {
  throw InputError(
      fmt::format("{}: storage '{}' has not the {} values that it is said to have, "
                  "expected a whole file of torch.save",
                  file, printable(storage.key, 40), storage.count));
}

/// Whether `count` values of the type are `bytes` bytes.
bool has_size(const Storage& storage, std::uint64_t bytes) {
  const std::uint64_t size = c10::elementSize(storage.type);
  return bytes % size == 0 && bytes / size == static_cast<std::uint64_t>(storage.count);
}

/// The older format: pickles of a magic number, a version, the system and the object, one of the
/// storages' keys, then each storage's values behind their count.
class TorchStream {
 public:
  explicit TorchStream(const fs::path& path)
      : path_(path),
        name_(path.string()),
        file_(path, std::ios::binary),
        size_(fs::file_size(path)) {}

  NamedTensors tensors() {
    // Of names and shapes; kilobytes as a rule.
    constexpr std::uint64_t kMostPickleBytes = 1 << 26;
    std::string head(static_cast<std::size_t>(std::min(size_, kMostPickleBytes)), '\0');
    read(head.data(), head.size());
    std::uint64_t position = kStreamBeginning.size();
    const auto next = [&] {
      Pickle pickle = parse_pickle(std::string_view(head).substr(position), name_);
      position += pickle.size;
      return pickle;
    };
    next();  // The version of the protocol.
    next();  // The system's byte order and sizes.
    const Pickle object = next();
    const Pickle keys = next();
    find_storages(object, keys, position);
    return state_dict_of(
        *object.top, [&](const Storage& storage) { return values(storage); }, name_);
  }

 private:
  void read(void* target, std::uint64_t bytes) {
    file_.read(static_cast<char*>(target), static_cast<std::streamsize>(bytes));
    if (!file_) throw InputError(fmt::format("{} is cut short, expected a whole file", name_));
  }

  void find_storages(const Pickle& object, const Pickle& keys, std::uint64_t position) {
    std::map<std::string, Storage> storages;
    for (const PickleValue& value : object.values) {
      if (value.kind != PickleValue::Kind::kPersistent) continue;
      Storage storage = storage_of(value, name_);
      storages.emplace(storage.key, std::move(storage));
    }
    for (const PickleValue* key : keys.top->items) {
      const auto found = storages.find(key->text);
      if (found == storages.end()) {
        throw InputError(
            fmt::format("{} has a storage that no tensor is of, expected what "
                        "torch.save writes",
                        name_));
      }
      places_[key->text] = position;
      const auto count = static_cast<std::uint64_t>(found->second.count);
      const std::uint64_t size = c10::elementSize(found->second.type);
      if (count > (size_ - std::min(size_, position)) / size) wrong_size(name_, found->second);
      position += sizeof(std::int64_t) + count * size;
    }
  }

  at::Tensor values(const Storage& storage) {
    const auto place = places_.find(storage.key);
    if (place == places_.end()) wrong_size(name_, storage);
    file_.seekg(static_cast<std::streamoff>(place->second));
    std::int64_t count = 0;
    read(&count, sizeof count);
    if (count != storage.count) wrong_size(name_, storage);
    at::Tensor values = at::empty({count}, storage.type);
    read(values.mutable_data_ptr(), values.nbytes());
    return values;
  }

  fs::path path_;
  std::string name_;
  std::ifstream file_;
  std::uint64_t size_;
  std::map<std::string, std::uint64_t> places_;
};

}  // namespace

NamedTensors read_torch_zip(const fs::path& path) {
  const std::string name = path.string();
  caffe2::serialize::PyTorchStreamReader archive(name);
  const auto [bytes, size] = archive.getRecord("data.pkl");
  const Pickle pickle =
      parse_pickle(std::string_view(static_cast<const char*>(bytes.get()), size), name);
  return state_dict_of(
      *pickle.top,
      [&](const Storage& storage) {
        const std::string record = "data/" + storage.key;
        const std::uint64_t record_bytes = archive.getRecordSize(record);
        if (!has_size(storage, record_bytes)) wrong_size(name, storage);
        at::Tensor values = at::empty({storage.count}, storage.type);
        archive.getRecord(record, values.mutable_data_ptr(), values.nbytes());
        return values;
      },
      name);
}

NamedTensors read_torch_stream(const fs::path& path) { return TorchStream(path).tensors(); }

}  // namespace af::al::weights
