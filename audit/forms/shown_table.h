#pragma once

#include <string>
#include <vector>

#include "audit/reports/report.h"

namespace af::audit {

/// A table as people read it: every field a text, the intervals of a column of estimates in a
/// column of their own, reasons of what is undefined as numbered notes.
struct ShownTable {
  struct Column {
    std::string title;
    bool is_number = false;  ///< Aligned to the right.
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> notes;  ///< "[1] There are no positive labels."
};

[[nodiscard]] ShownTable shown(const Table& table);

/// Four decimals below 10, one above, none for whole numbers above 1.
[[nodiscard]] std::string shown_number(double number);

}  // namespace af::audit
