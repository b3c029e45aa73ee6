#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace af::synth {

/// Reads a CSV file (RFC 4180) whose first line names columns, and gives each of its rows as the
/// JSON object that a line of JSON would have (synth/attribute_rows.h): a cell is a number, a text,
/// true or false (or 1 and 0), or JSON itself; an empty one is a field that is not there.
/// `translation_x` and `translation_y` are its `translation`.
/// @param take  Gets the object and where it stands, "rows.csv, line 3".
/// @throws InputError if the file cannot be read, is no CSV, has a column that rows do not have
///         (with the nearest), or a row with more or fewer cells than there are columns.
void read_csv_rows(
    const std::filesystem::path& file,
    const std::function<void(const nlohmann::json& row, const std::string& where)>& take);

}  // namespace af::synth
