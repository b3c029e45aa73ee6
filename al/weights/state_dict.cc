#include "al/weights/state_dict.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <optional>
#include <vector>

#include "core/errors.h"
#include "core/text.h"

namespace af::al::weights {
namespace {

using Kind = PickleValue::Kind;

const std::map<std::string, at::ScalarType>& storage_types() {
  static const std::map<std::string, at::ScalarType> kTypes{
      {"torch DoubleStorage", at::kDouble}, {"torch FloatStorage", at::kFloat},
      {"torch HalfStorage", at::kHalf},     {"torch BFloat16Storage", at::kBFloat16},
      {"torch LongStorage", at::kLong},     {"torch IntStorage", at::kInt},
      {"torch ShortStorage", at::kShort},   {"torch CharStorage", at::kChar},
      {"torch ByteStorage", at::kByte},     {"torch BoolStorage", at::kBool}};
  return kTypes;
}

bool calls(const PickleValue& value, std::string_view function) {
  return value.kind == Kind::kCall && value.callee->text == function;
}

/// Element i of a list, empty if it has none of that kind.
const PickleValue* element(const PickleValue& list, std::size_t i, Kind kind) {
  if (i >= list.items.size() || list.items[i]->kind != kind) return nullptr;
  return list.items[i];
}

std::optional<std::vector<std::int64_t>> integers(const PickleValue* list) {
  if (list == nullptr) return std::nullopt;
  std::vector<std::int64_t> values;
  for (const PickleValue* item : list->items) {
    if (item->kind != Kind::kInteger || item->integer < 0) return std::nullopt;
    values.push_back(item->integer);
  }
  return values;
}

bool is_map(const PickleValue& value) {
  return value.kind == Kind::kMap || calls(value, "collections OrderedDict");
}

/// Keys and values by turns. An OrderedDict of Python 2 was made from a list of pairs.
std::vector<const PickleValue*> entries(const PickleValue& map) {
  std::vector<const PickleValue*> found = map.items;
  if (map.argument == nullptr || map.argument->items.empty()) return found;
  for (const PickleValue* pair : map.argument->items.front()->items) {
    found.insert(found.end(), pair->items.begin(), pair->items.end());
  }
  return found;
}

const PickleValue& dict_within(const PickleValue& top) {
  if (!is_map(top)) return top;
  const auto items = entries(top);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const std::string& key = items[i]->text;
    if ((key == "state_dict" || key == "model") && is_map(*items[i + 1])) return *items[i + 1];
  }
  return top;
}

/// A tensor's view of its storage, or empty if it is not one that lies within.
std::optional<at::Tensor> view(const at::Tensor& values, std::int64_t offset,
                               const std::vector<std::int64_t>& sizes,
                               const std::vector<std::int64_t>& strides) {
  constexpr std::size_t kMostSides = 8;
  constexpr std::int64_t kMostElements = std::int64_t{1} << 48;
  if (sizes.size() != strides.size() || sizes.size() > kMostSides) return std::nullopt;
  std::int64_t elements = 1;
  for (const std::int64_t size : sizes) {
    if (size > kMostElements / std::max<std::int64_t>(elements, 1)) return std::nullopt;
    elements *= size;
  }
  if (elements == 0) return at::empty(sizes, values.options());
  std::int64_t last = offset;
  if (last >= values.numel()) return std::nullopt;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (strides[i] == 0) continue;
    if (sizes[i] - 1 > (values.numel() - 1 - last) / strides[i]) return std::nullopt;
    last += (sizes[i] - 1) * strides[i];
  }
  return values.as_strided(sizes, strides, offset);
}

class StateDict {
 public:
  StateDict(const StorageReader& read, const std::string& file) : read_(read), file_(file) {}

  NamedTensors tensors(const PickleValue& top) {
    const auto items = entries(dict_within(top));
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (items[i]->kind == Kind::kText) add(items[i]->text, *items[i + 1]);
    }
    if (tensors_.empty()) {
      throw InputError(fmt::format(
          "{} holds no tensor by name, expected a state dict as of torch.save(model.state_dict(), "
          "...)",
          file_));
    }
    return std::move(tensors_);
  }

 private:
  void add(const std::string& name, const PickleValue& value) {
    const PickleValue* tensor = &value;
    if (calls(value, "torch._utils _rebuild_parameter")) {
      tensor = element(*value.argument, 0, Kind::kCall);
    }
    if (tensor == nullptr || (!calls(*tensor, "torch._utils _rebuild_tensor_v2") &&
                              !calls(*tensor, "torch._utils _rebuild_tensor"))) {
      return;
    }
    const PickleValue& arguments = *tensor->argument;
    const PickleValue* storage = element(arguments, 0, Kind::kPersistent);
    const PickleValue* offset = element(arguments, 1, Kind::kInteger);
    const auto sizes = integers(element(arguments, 2, Kind::kList));
    const auto strides = integers(element(arguments, 3, Kind::kList));
    if (storage != nullptr && offset != nullptr && offset->integer >= 0 && sizes && strides) {
      if (const auto values = view(values_of(*storage), offset->integer, *sizes, *strides)) {
        tensors_[name] = *values;
        return;
      }
    }
    throw InputError(
        fmt::format("{}: tensor '{}' does not lie within its storage, expected what "
                    "torch.save writes",
                    file_, printable(name, 80)));
  }

  at::Tensor values_of(const PickleValue& persistent) {
    const Storage storage = storage_of(persistent, file_);
    at::Tensor& values = storages_[storage.key];
    if (!values.defined()) values = read_(storage);
    return values;
  }

  const StorageReader& read_;
  const std::string& file_;
  std::map<std::string, at::Tensor> storages_;
  NamedTensors tensors_;
};

}  // namespace

Storage storage_of(const PickleValue& persistent, const std::string& file) {
  const PickleValue& id = *persistent.argument;
  const PickleValue* type = element(id, 1, Kind::kText);
  const PickleValue* key = element(id, 2, Kind::kText);
  const PickleValue* count = element(id, 4, Kind::kInteger);
  if (type == nullptr || key == nullptr || count == nullptr || count->integer < 0) {
    throw InputError(fmt::format(
        "{} has a storage without type, key and count, expected what torch.save writes", file));
  }
  const auto found = storage_types().find(type->text);
  if (found == storage_types().end()) {
    throw InputError(fmt::format("{} has a storage of type '{}', expected real or whole numbers",
                                 file, printable(type->text, 80)));
  }
  return {key->text, found->second, count->integer};
}

NamedTensors state_dict_of(const PickleValue& top, const StorageReader& read,
                           const std::string& file) {
  return StateDict(read, file).tensors(top);
}

}  // namespace af::al::weights
