#include "synth/csv_rows.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "core/errors.h"
#include "core/text.h"
#include "synth/row_fields.h"

namespace af::synth {
namespace {

using Take = std::function<void(const nlohmann::json&, const std::string&)>;

constexpr std::size_t kReadBytes = std::size_t{1} << 16;
constexpr std::size_t kMostCellBytes = std::size_t{1} << 22;

/// Gathers cells to rows and rows to objects; libcsv calls it, in C.
class Reader {
 public:
  Reader(std::string file, const Take& take) : file_(std::move(file)), take_(take) {}

  void read(std::istream& in) {
    csv_parser parser{};
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    std::vector<char> bytes(kReadBytes);
    bool fine = true;
    while (fine && !failure_ && in) {
      in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      const auto count = static_cast<std::size_t>(in.gcount());
      fine = csv_parse(&parser, bytes.data(), count, on_cell, on_row, this) == count &&
             csv_get_buffer_size(&parser) <= kMostCellBytes;
    }
    fine = fine && csv_fini(&parser, on_cell, on_row, this) == 0;
    csv_free(&parser);
    if (failure_) std::rethrow_exception(failure_);
    if (!fine) {
      throw InputError(fmt::format(
          "{} is no CSV: a quote is wrong, or a cell endless, behind row {}", file_, rows_));
    }
    if (names_.empty()) throw InputError(file_ + " has no line that names its columns");
  }

 private:
  /// Nothing may be thrown through libcsv: the first error is kept for later.
  template <class Body>
  void guarded(Body body) {
    if (failure_) return;
    try {
      body();
    } catch (...) {
      failure_ = std::current_exception();
    }
  }
  static void on_cell(void* text, std::size_t bytes, void* self) {
    auto* const reader = static_cast<Reader*>(self);
    reader->guarded([&] { reader->cells_.emplace_back(static_cast<const char*>(text), bytes); });
  }
  static void on_row(int, void* self) {
    auto* const reader = static_cast<Reader*>(self);
    reader->guarded([&] { reader->end_row(); });
  }

  void end_row() {
    std::vector<std::string> cells;
    std::swap(cells, cells_);
    if (names_.empty()) return take_names(std::move(cells));
    ++rows_;
    const std::string where = fmt::format("{}, row {}", file_, rows_);
    if (cells.size() != names_.size()) {
      throw InputError(
          fmt::format("{} has {} cells; expected {}", where, cells.size(), names_.size()));
    }
    take_(object_of(cells), where);
  }

  void take_names(std::vector<std::string> cells) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (cells.front().starts_with(kByteOrderMark)) cells.front().erase(0, kByteOrderMark.size());
    std::vector<std::string> known = row_fields();
    known.insert(known.end(), {"translation_x", "translation_y"});
    for (const std::string& name : cells) {
      if (std::ranges::find(known, name) == known.end()) {
        throw InputError(fmt::format("{}: rows have no column '{}'{}; expected {}", file_, name,
                                     did_you_mean(name, known), listed(known)));
      }
      if (std::ranges::count(cells, name) > 1) {
        throw InputError(fmt::format("{} has two columns '{}'; expected one", file_, name));
      }
    }
    names_ = std::move(cells);
  }

  [[nodiscard]] nlohmann::json object_of(const std::vector<std::string>& cells) const {
    nlohmann::json object = nlohmann::json::object();
    std::array<nlohmann::json, 2> translation;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      nlohmann::json value = value_of(names_[i], cells[i]);
      if (names_[i] == "translation_x") {
        translation[0] = std::move(value);
      } else if (names_[i] == "translation_y") {
        translation[1] = std::move(value);
      } else {
        object[names_[i]] = std::move(value);
      }
    }
    if (!translation[0].is_null() || !translation[1].is_null()) object["translation"] = translation;
    return object;
  }

  static nlohmann::json value_of(const std::string& name, const std::string& cell) {
    if (is_text_field(name)) return cell;
    if (is_flag_field(name)) {
      if (cell == "1" || cell == "True" || cell == "TRUE") return true;
      if (cell == "0" || cell == "False" || cell == "FALSE") return false;
    }
    nlohmann::json value = nlohmann::json::parse(cell, nullptr, false);
    return value.is_discarded() ? nlohmann::json(cell) : value;
  }

  std::string file_;
  const Take& take_;
  std::vector<std::string> names_;
  std::vector<std::string> cells_;
  std::size_t rows_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

void read_csv_rows(const std::filesystem::path& file, const Take& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(fmt::format("{} cannot be read", file.string()));
  Reader(file.string(), take).read(in);
}

}  // namespace af::synth
