#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace af::synth {

/// Names that fields of a listed row go by, those that a data set's columns have among them.
[[nodiscard]] std::vector<std::string> row_fields();
/// Whether a field is a text whatever it looks like ("7" is a character, too).
[[nodiscard]] bool is_text_field(std::string_view name);
[[nodiscard]] bool is_flag_field(std::string_view name);

/// Gives the fields of a row, or of one of its symbols, the names that rows are read by: `bold`
/// becomes `is_bold`. What has both names keeps the latter.
void rename_row_fields(nlohmann::json& object);

/// A row's text in Synbols' layout (synth/synbols_row.h) as the fields that rows are read by.
[[nodiscard]] nlohmann::json listed_form(nlohmann::json object);

}  // namespace af::synth
