#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace af::audit {

/// A small CSV file, held whole as text.
class CsvTable {
 public:
  /// @throws InputError as CsvStream, and if there are no rows.
  explicit CsvTable(std::filesystem::path path);

  [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return names_; }
  [[nodiscard]] std::size_t rows() const noexcept { return fields_.front().size(); }
  /// @throws InputError that offers the nearest column there is.
  [[nodiscard]] std::size_t column(std::string_view name) const;
  [[nodiscard]] const std::string& text(std::size_t column, std::size_t row) const {
    return fields_[column][row];
  }
  /// Empty if the field is. @throws InputError with the line if it is no finite number.
  [[nodiscard]] std::optional<double> number(std::size_t column, std::size_t row) const;
  /// @throws InputError with the line if it is no whole number from 0.
  [[nodiscard]] std::uint64_t whole(std::size_t column, std::size_t row) const;
  /// Where a row is, for messages: "FILE, line 12".
  [[nodiscard]] std::string place(std::size_t row) const;

 private:
  std::filesystem::path path_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> fields_;  ///< [columns, rows]
};

}  // namespace af::audit
