#pragma once

#include <cstdint>
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

/// Levels of a factor that the rows' texts have, as positions in the configured ones.
/// @throws InputError that names a row whose text has none of them.
[[nodiscard]] std::vector<std::uint16_t> synbols_levels(const DatasetReader& file,
                                                        const ConditionalTable& factor);

}  // namespace af::synth
