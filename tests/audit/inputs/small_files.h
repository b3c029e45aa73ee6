#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace af::test {

/// Writes a data set of the contract with the columns char (a, d) and color (blue, red, green),
/// of which green has no rows, and index.
/// @param counts  Rows of (a, blue), (a, red), (d, blue), (d, red), in this order in the file.
void write_dataset(const std::filesystem::path& path, const std::vector<std::uint64_t>& counts);

/// Writes the folder of a finished run on the data set of `write_dataset` with the counts
/// 40, 10, 10, 40: heuristics bald and random, seeds from 0 on, three steps of 10, 14 and 18 rows.
/// The data set lies beside it as train.h5. bald takes (a, red) in every step, random (a, blue).
/// @param seeds  At most 8.
void write_run(const std::filesystem::path& folder, std::uint64_t seeds = 2);

}  // namespace af::test
