#pragma once

#include "audit/inputs/column_stream.h"

namespace af::audit {

/// Columns of a Parquet file. Numbers, booleans, texts and dictionaries become text.
/// @throws InputError as open_columns, and for a column of another type (a list, say).
[[nodiscard]] std::unique_ptr<ColumnStream> open_parquet(const std::filesystem::path& path,
                                                         const std::vector<std::string>& columns);

/// The same of an Arrow IPC file (Feather 2) or stream.
[[nodiscard]] std::unique_ptr<ColumnStream> open_arrow(const std::filesystem::path& path,
                                                       const std::vector<std::string>& columns);

}  // namespace af::audit
