#include "audit/inputs/csv_stream.h"

#include <arrow/api.h>
#include <arrow/csv/api.h>
#include <arrow/io/file.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <optional>
#include <set>

#include "audit/inputs/csv_lines.h"
#include "audit/inputs/read_ahead.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::audit {
namespace {

namespace fs = std::filesystem;

/// Small enough to stay in the processor's cache from parsing to counting.
constexpr std::int32_t kBlockBytes = 1 << 18;

void check_file(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) throw InputError(fmt::format("{} does not exist", path.string()));
  if (fs::is_directory(path, error)) {
    throw InputError(fmt::format("{} is a folder; expected a CSV file", path.string()));
  }
  if (!fs::is_regular_file(path, error)) {
    throw InputError(fmt::format("{} is a pipe or a device; expected a CSV file", path.string()));
  }
  if (!std::ifstream(path)) throw InputError(fmt::format("{} cannot be read", path.string()));
}

/// What a file seems to be that has none of the columns, for the end of a message.
const char* expected_instead(const std::vector<std::string>& header) {
  const std::string& first = header.front();
  if (first.starts_with("\x1f\x8b")) return "; it is compressed, expected plain text";
  if (first.starts_with("\xff\xfe") || first.starts_with("\xfe\xff")) {
    return "; it is UTF-16, expected UTF-8";
  }
  const bool one = header.size() == 1 && first.find_first_of(";\t") != std::string::npos;
  return one ? "; expected commas between columns" : "";
}

void check_columns(const fs::path& path, const std::vector<std::string>& asked) {
  const std::vector<std::string> header = CsvStream::header(path);
  for (const std::string& name : asked) {
    if (std::ranges::find(header, name) != header.end()) continue;
    throw InputError(fmt::format("{} has no column '{}'{}; it has {}{}", path.string(), name,
                                 did_you_mean(name, header), listed_some(header),
                                 expected_instead(header)));
  }
}

/// Counts the quotes that go by: in a CSV file that is whole their number is even. Arrow takes a
/// quoted field that does not end as if it did.
class QuoteCounter : public arrow::io::InputStream {
 public:
  explicit QuoteCounter(std::shared_ptr<arrow::io::InputStream> file) : file_(std::move(file)) {}

  arrow::Status Close() override { return file_->Close(); }
  [[nodiscard]] bool closed() const override { return file_->closed(); }
  [[nodiscard]] arrow::Result<std::int64_t> Tell() const override { return file_->Tell(); }
  arrow::Result<std::int64_t> Read(std::int64_t bytes, void* out) override {
    ARROW_ASSIGN_OR_RAISE(const std::int64_t got, file_->Read(bytes, out));
    count({static_cast<const char*>(out), static_cast<std::size_t>(got)});
    return got;
  }
  arrow::Result<std::shared_ptr<arrow::Buffer>> Read(std::int64_t bytes) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, file_->Read(bytes));
    count(std::string_view(*buffer));
    return buffer;
  }
  [[nodiscard]] bool odd() const noexcept { return quotes_ % 2 == 1; }

 private:
  void count(std::string_view text) {
    quotes_ += static_cast<std::uint64_t>(std::ranges::count(text, '"'));
  }

  std::shared_ptr<arrow::io::InputStream> file_;
  std::atomic<std::uint64_t> quotes_ = 0;  ///< Arrow reads on a thread of its own.
};

/// Arrow's status, said as one sentence with the line where that can be found.
[[noreturn]] void refuse(const fs::path& path, const arrow::Status& status) {
  const std::string message = status.message();
  if (message.find("Expected ") != std::string::npos &&
      message.find(" columns") != std::string::npos) {
    if (const auto record = first_ragged_record(path)) {
      throw InputError(fmt::format("{}, line {}: the row has {} fields where the header has {}",
                                   path.string(), record->line, record->fields.size(),
                                   CsvStream::header(path).size()));
    }
  }
  if (message.find("UTF8") != std::string::npos) {
    throw InputError(fmt::format("{} is not UTF-8 text; expected a CSV file", path.string()));
  }
  if (message.find("straddling") != std::string::npos) {
    check_quotes(path);
    throw InputError(fmt::format("{} has a row longer than {}; expected a CSV file", path.string(),
                                 human_bytes(kBlockBytes)));
  }
  if (message.find("cannot infer number of columns") != std::string::npos) {
    throw InputError(fmt::format("{} has a first line longer than {}; expected a CSV file",
                                 path.string(), human_bytes(kBlockBytes)));
  }
  const std::string first_line = message.substr(0, message.find('\n'));
  throw InputError(fmt::format("{} cannot be read as CSV: {}", path.string(), first_line));
}

template <class T>
T take(const fs::path& path, arrow::Result<T> result) {
  if (!result.ok()) refuse(path, result.status());
  return std::move(result).ValueUnsafe();
}

}  // namespace

struct CsvStream::State {
  fs::path path;
  std::vector<std::string> columns;
  std::vector<bool> may_be_empty;
  std::shared_ptr<arrow::RecordBatch> batch;
  std::uint64_t rows_before = 0;  ///< Of the batches before this one.
  std::optional<ReadAhead<arrow::RecordBatch>> batches;
};

std::vector<std::string> CsvStream::header(const fs::path& path) {
  check_file(path);
  const std::optional<CsvRecord> header = CsvScan(path).next();
  if (!header) throw InputError(fmt::format("{} is empty; expected a CSV header", path.string()));
  std::set<std::string> seen;
  for (const std::string& name : header->fields) {
    if (!seen.insert(name).second) {
      throw InputError(
          fmt::format("{} has two columns named '{}'", path.string(), printable(name, 60)));
    }
  }
  return header->fields;
}

CsvStream::CsvStream(fs::path path, std::vector<std::string> columns)
    : state_(std::make_unique<State>()) {
  check_columns(path, columns);
  auto read = arrow::csv::ReadOptions::Defaults();
  read.block_size = kBlockBytes;
  auto parse = arrow::csv::ParseOptions::Defaults();
  parse.newlines_in_values = true;
  auto convert = arrow::csv::ConvertOptions::Defaults();
  convert.include_columns = columns;
  for (const std::string& name : columns) convert.column_types[name] = arrow::utf8();
  state_->may_be_empty.assign(columns.size(), false);
  state_->columns = std::move(columns);
  state_->path = std::move(path);
  const auto file = std::make_shared<QuoteCounter>(
      take(state_->path, arrow::io::ReadableFile::Open(state_->path.string())));
  const auto reader =
      take(state_->path, arrow::csv::StreamingReader::Make(arrow::io::default_io_context(), file,
                                                           read, parse, convert));
  // Parsing costs more than what is done with the fields: each has a processor of its own.
  state_->batches.emplace([path = state_->path, reader, file] {
    std::shared_ptr<arrow::RecordBatch> batch;
    const arrow::Status status = reader->ReadNext(&batch);
    if (!status.ok()) refuse(path, status);
    if (!batch && file->odd()) check_quotes(path);
    return batch;
  });
}

CsvStream::~CsvStream() = default;
CsvStream::CsvStream(CsvStream&&) noexcept = default;

void CsvStream::allow_empty(std::string_view column) {
  const auto found = std::ranges::find(state_->columns, column);
  state_->may_be_empty.at(static_cast<std::size_t>(found - state_->columns.begin())) = true;
}

bool CsvStream::next() {
  state_->rows_before += rows();
  state_->batch = state_->batches->take();
  if (!state_->batch) return false;
  for (std::size_t column = 0; column < state_->columns.size(); ++column) {
    if (!state_->may_be_empty[column]) check_not_empty(column);
  }
  return true;
}

void CsvStream::check_not_empty(std::size_t column) const {
  const CsvTexts fields = texts(column);
  for (std::size_t row = 0; row < rows(); ++row) {
    if (!fields[row].empty()) continue;
    throw InputError(fmt::format("{}: column '{}' is empty", place(row), state_->columns[column]));
  }
}

std::size_t CsvStream::rows() const noexcept {
  return state_->batch ? static_cast<std::size_t>(state_->batch->num_rows()) : 0;
}

CsvTexts CsvStream::texts(std::size_t column) const {
  const auto& array =
      static_cast<const arrow::StringArray&>(*state_->batch->column(static_cast<int>(column)));
  return {array.raw_value_offsets(), reinterpret_cast<const char*>(array.raw_data())};
}

std::string CsvStream::place(std::size_t row) const {
  const std::uint64_t line = line_of_record(state_->path, state_->rows_before + row + 1);
  return fmt::format("{}, line {}", state_->path.string(), line);
}

}  // namespace af::audit
