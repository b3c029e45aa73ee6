#include "core/hdf5_handle.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace af::hdf5 {
namespace {

Handle base_type(ElementType type) {
  switch (type) {
    case ElementType::kUint8: return {H5Tcopy(H5T_STD_U8LE), H5Tclose};
    case ElementType::kUint16: return {H5Tcopy(H5T_STD_U16LE), H5Tclose};
    case ElementType::kInt32: return {H5Tcopy(H5T_STD_I32LE), H5Tclose};
    case ElementType::kInt64: return {H5Tcopy(H5T_STD_I64LE), H5Tclose};
    case ElementType::kFloat32: return {H5Tcopy(H5T_IEEE_F32LE), H5Tclose};
    case ElementType::kFloat64: return {H5Tcopy(H5T_IEEE_F64LE), H5Tclose};
    case ElementType::kEnum: return {H5Tenum_create(H5T_STD_U16LE), H5Tclose};
    case ElementType::kText: return {H5Tcopy(H5T_C_S1), H5Tclose};
  }
  return {};
}

/// The labels of an HDF5 enum whose codes are 0, 1, 2, ... in this order; empty otherwise.
std::vector<std::string> vocabulary_of(hid_t type) {
  const int members = H5Tget_nmembers(type);
  std::vector<std::string> labels(members < 0 ? 0 : static_cast<std::size_t>(members));
  const Handle native(H5Tget_native_type(type, H5T_DIR_ASCEND), H5Tclose);
  if (!native) return {};
  const Handle wide(H5Tcopy(H5T_NATIVE_INT64), H5Tclose);
  const Handle base(H5Tget_super(native.get()), H5Tclose);
  for (unsigned int i = 0; i < labels.size(); ++i) {
    std::array<unsigned char, 64> raw{};  // In place: the converted code may be wider.
    if (H5Tget_size(base.get()) > 8 || H5Tget_member_value(native.get(), i, raw.data()) < 0 ||
        H5Tconvert(base.get(), wide.get(), 1, raw.data(), nullptr, H5P_DEFAULT) < 0) {
      return {};
    }
    std::int64_t code = 0;
    std::memcpy(&code, raw.data(), sizeof code);
    if (code < 0 || static_cast<std::uint64_t>(code) >= labels.size()) return {};
    const std::unique_ptr<char, herr_t (*)(void*)> label(H5Tget_member_name(native.get(), i),
                                                         H5free_memory);
    labels[static_cast<std::size_t>(code)] = label.get();
  }
  return labels;
}

std::optional<ElementType> number_type(hid_t type) {
  const std::size_t bytes = H5Tget_size(type);
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_FLOAT) {
    if (bytes == 4) return ElementType::kFloat32;
    if (bytes == 8) return ElementType::kFloat64;
    return std::nullopt;
  }
  if (kind != H5T_INTEGER) return std::nullopt;
  const bool is_signed = H5Tget_sign(type) == H5T_SGN_2;
  // Every integer type that fits without loss into one of ours is taken as that.
  if (bytes == 1) return is_signed ? ElementType::kInt32 : ElementType::kUint8;
  if (bytes == 2) return is_signed ? ElementType::kInt32 : ElementType::kUint16;
  if (bytes == 4) return is_signed ? ElementType::kInt32 : ElementType::kInt64;
  if (bytes == 8 && is_signed) return ElementType::kInt64;
  return std::nullopt;
}

void write_raw_attribute(hid_t file, const std::string& name, hid_t type, hid_t space,
                         const void* data) {
  const Handle attribute(H5Acreate2(file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose);
  if (!attribute || H5Awrite(attribute.get(), type, data) < 0) {
    throw std::runtime_error("attribute " + name + ": " + innermost_error());
  }
}

Handle scalar_space() { return {H5Screate(H5S_SCALAR), H5Sclose}; }

Handle list_space(std::size_t size) {
  const hsize_t extent = size;
  return {H5Screate_simple(1, &extent, nullptr), H5Sclose};
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

std::size_t attribute_elements(hid_t attribute) {
  const Handle space(H5Aget_space(attribute), H5Sclose);
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  return points < 0 ? 0 : static_cast<std::size_t>(points);
}

bool attribute_is_scalar(hid_t attribute) {
  const Handle space(H5Aget_space(attribute), H5Sclose);
  return H5Sget_simple_extent_type(space.get()) == H5S_SCALAR;
}

std::optional<std::vector<std::string>> read_texts(hid_t attribute, hid_t file_type) {
  const std::size_t count = attribute_elements(attribute);
  std::vector<std::string> texts;
  if (H5Tis_variable_str(file_type) > 0) {
    const Handle type = text_type();
    // A copy in the file's own character set: 1.10 does not convert between the two.
    H5Tset_cset(type.get(), H5Tget_cset(file_type));
    std::vector<char*> raw(count, nullptr);
    if (H5Aread(attribute, type.get(), raw.data()) < 0) return std::nullopt;
    for (const char* text : raw) texts.emplace_back(text == nullptr ? "" : text);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, raw.data());
    return texts;
  }
  const std::size_t size = H5Tget_size(file_type);
  std::vector<char> raw(count * size);
  if (raw.empty() || H5Aread(attribute, file_type, raw.data()) < 0) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view padded(raw.data() + i * size, size);
    texts.emplace_back(padded.substr(0, padded.find('\0')));
  }
  return texts;
}

template <class T>
std::optional<std::vector<T>> read_numbers(hid_t attribute, hid_t type) {
  std::vector<T> values(attribute_elements(attribute));
  if (values.empty() || H5Aread(attribute, type, values.data()) < 0) return std::nullopt;
  return values;
}

std::vector<hsize_t> extent_of(const Column& column, std::uint64_t rows) {
  std::vector<hsize_t> extent{rows};
  extent.insert(extent.end(), column.item_shape.begin(), column.item_shape.end());
  return extent;
}

herr_t keep_innermost(unsigned int depth, const H5E_error2_t* error, void* out) {
  if (depth == 0 && error->desc != nullptr) *static_cast<std::string*>(out) = error->desc;
  return 0;
}

}  // namespace

std::string innermost_error() {
  std::string reason = "unknown reason";
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  // A failed system call comes with a paragraph of details; what the system says is one of them.
  constexpr std::string_view kSystem = "error message = '";
  if (const std::size_t at = reason.find(kSystem); at != std::string::npos) {
    const std::size_t begin = at + kSystem.size();
    reason = reason.substr(begin, reason.find('\'', begin) - begin);
  }
  return reason;
}

Handle memory_type(const Column& column) {
  Handle type = base_type(column.type);
  if (column.type == ElementType::kText) {
    H5Tset_size(type.get(), column.text_bytes);
    H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
  }
  if (column.type == ElementType::kEnum) {
    for (std::size_t code = 0; code < column.vocabulary.size(); ++code) {
      const auto value = static_cast<std::uint16_t>(code);
      H5Tenum_insert(type.get(), column.vocabulary[code].c_str(), &value);
    }
  }
  return type;
}

Handle file_type(const Column& column) {
  if (!column.is_boolean) return memory_type(column);
  Handle type(H5Tenum_create(H5T_STD_I8LE), H5Tclose);
  for (std::int8_t code = 0; code < 2; ++code) {
    H5Tenum_insert(type.get(), column.vocabulary.at(static_cast<std::size_t>(code)).c_str(), &code);
  }
  return type;
}

Handle link_with_groups() {
  Handle properties(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(properties.get(), 1);
  return properties;
}

Handle row_space(const Column& column, std::uint64_t rows) {
  const std::vector<hsize_t> extent = extent_of(column, rows);
  return {H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose};
}

void select_rows(hid_t space, const Column& column, std::uint64_t first, std::uint64_t count) {
  std::vector<hsize_t> start(column.item_shape.size() + 1, 0);
  start[0] = first;
  const std::vector<hsize_t> extent = extent_of(column, count);
  H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr);
}

std::optional<Column> describe_dataset(hid_t dataset, const std::string& name,
                                       std::uint64_t& rows) {
  const Handle space(H5Dget_space(dataset), H5Sclose);
  const Handle type(H5Dget_type(dataset), H5Tclose);
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 1 || rank > 32) return std::nullopt;
  std::array<hsize_t, 32> extent{};
  H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  Column column{.name = name, .item_shape = {extent.begin() + 1, extent.begin() + rank}};
  if (H5Tget_class(type.get()) == H5T_ENUM) {
    column.type = ElementType::kEnum;
    column.vocabulary = vocabulary_of(type.get());
    if (column.vocabulary.empty()) return std::nullopt;
    column.is_boolean = H5Tget_size(type.get()) == 1 &&
                        column.vocabulary == std::vector<std::string>{"FALSE", "TRUE"};
  } else if (H5Tget_class(type.get()) == H5T_STRING && H5Tis_variable_str(type.get()) == 0) {
    column.type = ElementType::kText;
    column.text_bytes = H5Tget_size(type.get());
  } else if (const auto number = number_type(type.get())) {
    column.type = *number;
  } else {
    return std::nullopt;
  }
  rows = extent[0];
  return column;
}

void write_attribute(hid_t file, const std::string& name, const Attribute& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    write_raw_attribute(file, name, H5T_STD_I64LE, scalar_space().get(), integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    write_raw_attribute(file, name, H5T_IEEE_F64LE, scalar_space().get(), real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    const char* raw = text->c_str();
    write_raw_attribute(file, name, text_type().get(), scalar_space().get(), &raw);
  } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    std::vector<const char*> raw;
    for (const std::string& one : *texts) raw.push_back(one.c_str());
    write_raw_attribute(file, name, text_type().get(), list_space(raw.size()).get(), raw.data());
  } else {
    const auto& reals = std::get<std::vector<double>>(value);
    write_raw_attribute(file, name, H5T_IEEE_F64LE, list_space(reals.size()).get(), reals.data());
  }
}

std::optional<Attribute> read_attribute(hid_t attribute) {
  const Handle type(H5Aget_type(attribute), H5Tclose);
  const bool scalar = attribute_is_scalar(attribute);
  switch (H5Tget_class(type.get())) {
    case H5T_STRING: {
      auto texts = read_texts(attribute, type.get());
      if (!texts) return std::nullopt;
      return scalar ? Attribute(std::move(texts->front())) : Attribute(std::move(*texts));
    }
    case H5T_INTEGER: {
      const auto values = read_numbers<std::int64_t>(attribute, H5T_NATIVE_INT64);
      if (!values || !scalar) return std::nullopt;
      return Attribute(values->front());
    }
    case H5T_FLOAT: {
      auto values = read_numbers<double>(attribute, H5T_NATIVE_DOUBLE);
      if (!values) return std::nullopt;
      return scalar ? Attribute(values->front()) : Attribute(std::move(*values));
    }
    default: return std::nullopt;
  }
}

}  // namespace af::hdf5
