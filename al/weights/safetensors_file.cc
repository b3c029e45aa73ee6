#include "al/weights/safetensors_file.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/errors.h"
#include "core/text.h"

namespace af::al::weights {
namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::size_t kMostSides = 8;
constexpr std::uint64_t kMostHeaderBytes = 100'000'000;  ///< As the format's own reader has it.

/// Where a tensor lies: bytes [begin, end) behind the header.
struct Place {
  std::string name;
  at::ScalarType type;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

class SafetensorsFile {
 public:
  explicit SafetensorsFile(const std::filesystem::path& path)
      : path_(path), size_(std::filesystem::file_size(path)), file_(path, std::ios::binary) {
    if (!file_) throw InputError(fmt::format("cannot read {}", path_.string()));
  }

  NamedTensors tensors() {
    const std::vector<Place> places = read_places();
    NamedTensors tensors;
    for (const Place& place : places) {
      at::Tensor tensor = at::empty(place.shape, place.type);
      read(tensor.mutable_data_ptr(), place.end - place.begin);
      tensors.emplace(place.name, std::move(tensor));
    }
    return tensors;
  }

 private:
  [[noreturn]] void damaged(const std::string& what) const {
    throw InputError(
        fmt::format("{}: {}, expected a whole safetensors file", path_.string(), what));
  }

  void read(void* target, std::uint64_t bytes) {
    file_.read(static_cast<char*>(target), static_cast<std::streamsize>(bytes));
    if (!file_) damaged("it is cut short");
  }

  /// In the order of the file, which is then read from here to its end.
  std::vector<Place> read_places() {
    std::uint64_t header_bytes = 0;
    if (size_ < kLengthBytes) damaged("it is cut short");
    read(&header_bytes, kLengthBytes);
    if (header_bytes > std::min(kMostHeaderBytes, size_ - kLengthBytes)) {
      damaged(fmt::format("its header has a length of {} bytes", header_bytes));
    }
    std::string header(static_cast<std::size_t>(header_bytes), '\0');
    read(header.data(), header_bytes);
    const nlohmann::json json = nlohmann::json::parse(header, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) damaged("its header is not a JSON object");
    std::vector<Place> places;
    for (const auto& [name, entry] : json.items()) {
      if (name != "__metadata__") places.push_back(place_of(name, entry));
    }
    std::ranges::sort(places, {}, [](const Place& place) {
      return std::pair{place.begin, place.end};  // Tensors without values come first.
    });
    check_tiling(places, size_ - kLengthBytes - header_bytes);
    return places;
  }

  Place place_of(const std::string& name, const nlohmann::json& entry) const {
    const std::string label = fmt::format("tensor '{}'", printable(name, 80));
    const auto type = scalar_type(entry);
    if (!type) damaged(label + " has no type that is known here");
    const auto offsets = numbers(entry, "data_offsets");
    const auto shape = numbers(entry, "shape");
    if (!offsets || offsets->size() != 2 || !shape || shape->size() > kMostSides) {
      damaged(label + " has no place");
    }
    const auto begin = static_cast<std::uint64_t>(offsets->front());
    const auto end = static_cast<std::uint64_t>(offsets->back());
    std::uint64_t bytes = c10::elementSize(*type);
    for (const std::int64_t side : *shape) {
      if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(side), &bytes)) bytes = end + 1;
    }
    if (end < begin || end - begin != bytes) damaged(label + " has a place of another size");
    return {name, *type, *shape, begin, end};
  }

  static std::optional<at::ScalarType> scalar_type(const nlohmann::json& entry) {
    static const std::map<std::string, at::ScalarType> kTypes{
        {"F64", at::kDouble}, {"F32", at::kFloat}, {"F16", at::kHalf},  {"BF16", at::kBFloat16},
        {"I64", at::kLong},   {"I32", at::kInt},   {"I16", at::kShort}, {"I8", at::kChar},
        {"U8", at::kByte},    {"BOOL", at::kBool}};
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string()) return {};
    const auto found = kTypes.find(entry["dtype"].get<std::string>());
    if (found == kTypes.end()) return {};
    return found->second;
  }

  static std::optional<std::vector<std::int64_t>> numbers(const nlohmann::json& entry,
                                                          const char* key) {
    if (!entry.contains(key) || !entry[key].is_array()) return std::nullopt;
    constexpr std::int64_t kMost = std::int64_t{1} << 48;  // Far beyond a file, far from overflow.
    std::vector<std::int64_t> values;
    for (const nlohmann::json& value : entry[key]) {
      if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMost) return std::nullopt;
      values.push_back(value.get<std::int64_t>());
    }
    return values;
  }

  void check_tiling(const std::vector<Place>& places, std::uint64_t bytes) const {
    std::uint64_t next = 0;
    for (const Place& place : places) {
      if (place.begin != next) damaged("its tensors overlap or leave a gap");
      next = place.end;
    }
    if (next != bytes) {
      damaged(fmt::format("it has {} bytes of values and its header names {}", bytes, next));
    }
  }

  std::filesystem::path path_;
  std::uint64_t size_;
  std::ifstream file_;
};

}  // namespace

NamedTensors read_safetensors(const std::filesystem::path& path) {
  return SafetensorsFile(path).tensors();
}

}  // namespace af::al::weights
