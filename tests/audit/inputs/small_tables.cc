#include "tests/audit/inputs/small_tables.h"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/ipc/writer.h>
#include <hdf5.h>
#include <parquet/arrow/writer.h>

#include <array>
#include <cmath>
#include <cstdlib>

namespace af::test {
namespace {

void check(const arrow::Status& status) {
  if (!status.ok()) std::abort();
}

template <class T>
T take(arrow::Result<T> result) {
  check(result.status());
  return std::move(result).ValueUnsafe();
}

template <class Builder, class Values>
std::shared_ptr<arrow::Array> array_of(Builder&& builder, const Values& values, int null_at = -1) {
  int at = 0;
  for (const auto& value : values) {
    check(at++ == null_at ? builder.AppendNull() : builder.Append(value));
  }
  return take(builder.Finish());
}

std::shared_ptr<arrow::Array> lists() {
  auto values = std::make_shared<arrow::Int32Builder>();
  arrow::ListBuilder builder(arrow::default_memory_pool(), values);
  for (int i = 0; i < 6; ++i) {
    check(builder.Append());
    check(values->Append(i));
  }
  return take(builder.Finish());
}

std::shared_ptr<arrow::Table> table() {
  const std::array<std::int64_t, 6> y{1, 0, 1, 0, 1, 0};
  const std::array<bool, 6> p{true, false, false, false, true, true};
  const std::array<const char*, 6> color{"red", "red", "blue", "blue", "red", "blue"};
  const std::array<double, 6> age{17, 18, 40.5, 64, 65, 30};
  const auto schema = arrow::schema(
      {arrow::field("y", arrow::int64()), arrow::field("p", arrow::boolean()),
       arrow::field("color", arrow::dictionary(arrow::int32(), arrow::utf8())),
       arrow::field("age", arrow::float64()), arrow::field("list", arrow::list(arrow::int32()))});
  return arrow::Table::Make(
      schema, {array_of(arrow::Int64Builder(), y), array_of(arrow::BooleanBuilder(), p),
               array_of(arrow::StringDictionary32Builder(), color, 5),
               array_of(arrow::DoubleBuilder(), age, 4), lists()});
}

void write_column(hid_t file, const char* name, hid_t type, const void* values, int rank = 1) {
  const std::array<hsize_t, 2> extent{6, 2};
  const hid_t space = H5Screate_simple(rank, extent.data(), nullptr);
  const hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  H5Dclose(set);
  H5Sclose(space);
}

}  // namespace

void write_parquet_table(const std::filesystem::path& path) {
  const auto out = take(arrow::io::FileOutputStream::Open(path.string()));
  // Two row groups of 4 and 2 rows.
  check(parquet::arrow::WriteTable(*table(), arrow::default_memory_pool(), out, 4));
}

void write_arrow_table(const std::filesystem::path& path, bool stream) {
  const auto out = take(arrow::io::FileOutputStream::Open(path.string()));
  const auto rows = table();
  const auto writer = take(stream ? arrow::ipc::MakeStreamWriter(out, rows->schema())
                                  : arrow::ipc::MakeFileWriter(out, rows->schema()));
  check(writer->WriteTable(*rows, 4));
  check(writer->Close());
}

void write_hdf5_table(const std::filesystem::path& path) {
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const std::array<std::int64_t, 6> y{1, 0, 1, 0, 1, 0};
  const std::array<std::uint8_t, 6> p{1, 0, 0, 0, 1, 1};
  const std::array<std::uint8_t, 6> color{1, 1, 0, 0, 1, 0};
  const std::array<double, 6> age{17, 18, 40.5, 64, std::nan(""), 30};
  const std::array<std::int32_t, 12> list{};
  const hid_t colors = H5Tenum_create(H5T_STD_U8LE);
  const std::uint8_t blue = 0;
  const std::uint8_t red = 1;
  H5Tenum_insert(colors, "blue", &blue);
  H5Tenum_insert(colors, "red", &red);
  write_column(file, "y", H5T_STD_I64LE, y.data());
  write_column(file, "p", H5T_STD_U8LE, p.data());
  write_column(file, "color", colors, color.data());
  write_column(file, "age", H5T_IEEE_F64LE, age.data());
  write_column(file, "list", H5T_STD_I32LE, list.data(), 2);
  H5Tclose(colors);
  H5Fclose(file);
}

}  // namespace af::test
