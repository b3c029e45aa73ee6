#pragma once

#include <string>

#include "audit/forms/shown_table.h"

namespace af::audit {

/// The table in columns, indented by two, within `width` columns of a terminal: if it is wider, its
/// titles and texts are broken into lines, and then its columns are set below each other in blocks,
/// each with the names of the rows in front.
/// @param width  0: as many as it takes.
[[nodiscard]] std::string text_table(const ShownTable& table, std::size_t width);

}  // namespace af::audit
