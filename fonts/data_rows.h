#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// The tables of fonts/data, which are part of the program.
namespace af::fonts {

/// @param name  "alphabets" or "accents": the file's name without ".tsv".
[[nodiscard]] std::string_view data_file(std::string_view name);

/// The tab-separated fields of each line that does not begin with '#', exactly `columns` of them;
/// missing ones are empty.
[[nodiscard]] std::vector<std::vector<std::string_view>> data_rows(std::string_view text,
                                                                   std::size_t columns);

}  // namespace af::fonts
