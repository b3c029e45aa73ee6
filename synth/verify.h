#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "synth/bias.h"
#include "synth/g_test.h"
#include "synth/split_rule.h"

namespace af::synth {

/// Reads a data set file to its last row. @throws InputError that names column and row: a column
/// that cannot be read, a code that its vocabulary does not have, a number that is none, rows that
/// are not numbered one after the other, more symbols than there is room for, a shard with other
/// rows than its own.
void check_whole(const DatasetReader& file);

/// Why rows cannot be drawn again on this machine (a font is missing, or another one); empty if
/// they can.
[[nodiscard]] std::string why_not_replayed(const DatasetReader& file);

/// Draws rows spread over the file again, from their columns. @throws InputError that names a row
/// whose pixels are not what its columns say, or why none can be drawn here.
/// @param count  At most; returns how many were drawn.
std::uint64_t check_pixels(const DatasetReader& file, std::uint64_t count);

inline constexpr double kUsualAlpha = 1e-3;  ///< Chance to call a true bias a wrong one.
inline constexpr double kUsualEffect = 0.1;  ///< Cohen's w whose discovery a power is about.

/// How many rows are for what.
struct SplitCounts {
  std::string rule;  ///< As configured.
  std::array<std::uint64_t, kSplits> rows{};
};

/// Counts the rows of each split and checks that each row is where the configuration puts it.
/// Empty if the file was made from listed rows, or is in Synbols' layout.
/// @throws InputError that names a row that is not.
[[nodiscard]] std::optional<SplitCounts> split_counts(const DatasetReader& file);

/// How the tied factors of a data set came out.
struct RealisedBias {
  JointTable table;                   ///< As configured.
  std::vector<double> shares;         ///< Of every cell, as configured.
  std::vector<std::uint64_t> counts;  ///< Of every cell, in the file.
  /// What a quota gives to the file's rows; empty if draws were independent.
  std::vector<std::uint64_t> expected;
  GTest test;
  bool as_configured = true;
};

/// "as configured" or "not as configured".
[[nodiscard]] const char* verdict(const RealisedBias& bias);
/// "G = 0.36 on 3 degrees of freedom, p = 0.949".
[[nodiscard]] std::string words_of(const GTest& test);

/// Counts the cells of the tied factors and tests them. Independent draws differ from what was
/// configured if the test's p-value is below alpha; quotas if any count is another.
/// Empty if the file was made from listed rows, which have no bias to test.
/// @throws InputError if the file's configuration cannot be read or does not fit its columns.
[[nodiscard]] std::optional<RealisedBias> realised_bias(const DatasetReader& file, double alpha,
                                                        double effect);

}  // namespace af::synth
