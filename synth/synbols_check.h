#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <vector>

#include "core/dataset_reader.h"
#include "synth/bias.h"

namespace af::synth {

/// Whether a file has the columns of synth/synbols_columns.h.
[[nodiscard]] bool has_synbols_layout(const DatasetReader& file);

/// Reads every row's text. @throws InputError that names the first row whose text is no JSON object
/// or does not have the row's number.
/// @param first  Number of the first row.
void check_synbols_rows(const DatasetReader& file, std::uint64_t first);

/// Calls look(row, object) for every row's text, from row 0 on.
/// @throws InputError that names a row whose text is no JSON object.
void each_synbols_row(const DatasetReader& file,
                      const std::function<void(std::uint64_t, const nlohmann::json&)>& look);

/// Levels of the factors that the rows' texts have, as positions in the configured ones:
/// [factors][rows]. @throws InputError that names a row whose text has none of them.
[[nodiscard]] std::vector<std::vector<std::uint16_t>> synbols_levels(
    const DatasetReader& file, std::span<const ConditionalTable> factors);

}  // namespace af::synth
