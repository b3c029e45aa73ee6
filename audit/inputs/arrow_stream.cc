#include "audit/inputs/arrow_stream.h"

#include <arrow/api.h>
#include <arrow/compute/cast.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <fmt/format.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>

#include <algorithm>
#include <functional>

#include "audit/inputs/read_ahead.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::audit {
namespace {

namespace fs = std::filesystem;

/// Damaged files can promise any size; a batch is no larger than this many rows.
constexpr std::int64_t kBatchRows = 1 << 16;

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw InputError(fmt::format("{} is damaged or cannot be read: {}", path.string(),
                               printable(std::string_view(why).substr(0, why.find('\n')), 200)));
}

void check(const fs::path& path, const arrow::Status& status) {
  if (!status.ok()) refuse(path, status.message());
}

template <class T>
T take(const fs::path& path, arrow::Result<T> result) {
  check(path, result.status());
  return std::move(result).ValueUnsafe();
}

/// Parquet throws where the rest of Arrow returns a status.
template <class Body>
auto guarded(const fs::path& path, Body&& body) {
  try {
    return body();
  } catch (const parquet::ParquetException& error) {
    refuse(path, error.what());
  } catch (const std::bad_alloc&) {
    refuse(path, "it asks for more memory than there is");
  }
}

/// Positions of the columns in the schema.
std::vector<int> positions(const fs::path& path, const arrow::Schema& schema,
                           const std::vector<std::string>& columns) {
  const std::vector<std::string> names = schema.field_names();
  std::vector<int> found;
  for (const std::string& column : columns) {
    const auto count = std::ranges::count(names, column);
    if (count > 1) {
      throw InputError(fmt::format("{} has two columns named '{}'", path.string(), column));
    }
    if (count == 0) {
      throw InputError(fmt::format("{} has no column '{}'{}; it has {}", path.string(), column,
                                   did_you_mean(column, names), listed_some(names)));
    }
    found.push_back(schema.GetFieldIndex(column));
  }
  return found;
}

/// An array as texts, with empty ones for nulls.
std::shared_ptr<arrow::StringArray> as_texts(const fs::path& path, const std::string& name,
                                             const std::shared_ptr<arrow::Array>& array) {
  auto cast = arrow::compute::Cast(*array, arrow::utf8());
  if (!cast.ok()) {
    throw InputError(
        fmt::format("{}: column '{}' is of type {}; expected texts, numbers or "
                    "booleans",
                    path.string(), name, array->type()->ToString()));
  }
  auto texts = std::static_pointer_cast<arrow::StringArray>(*cast);
  check(path, texts->ValidateFull());
  if (texts->null_count() == 0) return texts;
  arrow::StringBuilder builder;
  for (std::int64_t row = 0; row < texts->length(); ++row) {
    check(path, builder.Append(texts->IsNull(row) ? std::string_view() : texts->GetView(row)));
  }
  return std::static_pointer_cast<arrow::StringArray>(take(path, builder.Finish()));
}

/// Gives the record batches of a file one after the other, null after the last.
using NextBatch = std::function<std::shared_ptr<arrow::RecordBatch>()>;

class ArrowStream : public ColumnStream {
 public:
  ArrowStream(fs::path path, std::vector<std::string> columns, NextBatch next_batch)
      : path_(std::move(path)),
        columns_(std::move(columns)),
        texts_(columns_.size()),
        batches_([path = path_, next_batch = std::move(next_batch)] {
          return guarded(path, next_batch);
        }) {}

  bool next() override {
    first_ += rows();
    at_ += count_;
    while (!batch_ || at_ == batch_->num_rows()) {
      batch_ = batches_.take();
      at_ = count_ = 0;
      if (!batch_) return false;
      guarded(path_, [&] { check(path_, batch_->ValidateFull()); });
    }
    count_ = std::min(kBatchRows, batch_->num_rows() - at_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      texts_[i] = guarded(path_, [&] {
        return as_texts(path_, columns_[i],
                        batch_->GetColumnByName(columns_[i])->Slice(at_, count_));
      });
    }
    return true;
  }
  [[nodiscard]] std::size_t rows() const noexcept override {
    return static_cast<std::size_t>(count_);
  }
  [[nodiscard]] ColumnTexts texts(std::size_t column) const override {
    const arrow::StringArray& array = *texts_[column];
    return {array.raw_value_offsets(), reinterpret_cast<const char*>(array.raw_data())};
  }
  [[nodiscard]] std::string place(std::size_t row) const override {
    return fmt::format("{}, row {}", path_.string(), first_ + row);
  }

 private:
  fs::path path_;
  std::vector<std::string> columns_;
  std::shared_ptr<arrow::RecordBatch> batch_;
  std::vector<std::shared_ptr<arrow::StringArray>> texts_;
  std::int64_t at_ = 0;
  std::int64_t count_ = 0;
  std::uint64_t first_ = 0;
  ReadAhead<arrow::RecordBatch> batches_;
};

}  // namespace

std::unique_ptr<ColumnStream> open_parquet(const fs::path& path,
                                           const std::vector<std::string>& columns) {
  return guarded(path, [&]() -> std::unique_ptr<ColumnStream> {
    const auto file = take(path, arrow::io::ReadableFile::Open(path.string()));
    std::shared_ptr<parquet::arrow::FileReader> reader =
        take(path, parquet::arrow::OpenFile(file, arrow::default_memory_pool()));
    reader->set_batch_size(kBatchRows);
    std::shared_ptr<arrow::Schema> schema;
    check(path, reader->GetSchema(&schema));
    std::vector<int> groups(static_cast<std::size_t>(reader->num_row_groups()));
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = static_cast<int>(i);
    // Leaf columns and fields have the same numbers as long as no field is nested.
    const std::vector<int> fields = positions(path, *schema, columns);
    std::vector<int> leaves;
    for (const int field : fields) {
      const std::string& name = schema->field(field)->name();
      leaves.push_back(reader->parquet_reader()->metadata()->schema()->ColumnIndex(name));
      if (leaves.back() < 0) {
        throw InputError(
            fmt::format("{}: column '{}' is of type {}; expected texts, numbers or "
                        "booleans",
                        path.string(), name, schema->field(field)->type()->ToString()));
      }
    }
    std::shared_ptr<arrow::RecordBatchReader> batches =
        take(path, reader->GetRecordBatchReader(groups, leaves));
    return std::make_unique<ArrowStream>(path, columns, [path, reader, batches] {
      std::shared_ptr<arrow::RecordBatch> batch;
      check(path, batches->ReadNext(&batch));
      return batch;
    });
  });
}

std::unique_ptr<ColumnStream> open_arrow(const fs::path& path,
                                         const std::vector<std::string>& columns) {
  const auto file = take(path, arrow::io::ReadableFile::Open(path.string()));
  if (auto reader = arrow::ipc::RecordBatchFileReader::Open(file); reader.ok()) {
    static_cast<void>(positions(path, *(*reader)->schema(), columns));
    return std::make_unique<ArrowStream>(path, columns, [path, reader = *reader, at = 0]() mutable {
      std::shared_ptr<arrow::RecordBatch> batch;
      if (at < reader->num_record_batches()) batch = take(path, reader->ReadRecordBatch(at++));
      return batch;
    });
  }
  check(path, file->Seek(0));
  const std::shared_ptr<arrow::RecordBatchReader> reader =
      take(path, arrow::ipc::RecordBatchStreamReader::Open(file));
  static_cast<void>(positions(path, *reader->schema(), columns));
  return std::make_unique<ArrowStream>(path, columns, [path, reader] {
    std::shared_ptr<arrow::RecordBatch> batch;
    check(path, reader->ReadNext(&batch));
    return batch;
  });
}

}  // namespace af::audit
