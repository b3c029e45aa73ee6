#pragma once

#include <optional>
#include <string>

#include "audit/statistics/estimate.h"

/// Numbers as people read them, in tables and sentences.
namespace af::audit {

/// Four decimals below 10, one above, none for whole numbers above 1; where four decimals would
/// show nothing of it, two digits and a power of ten.
[[nodiscard]] std::string shown_number(double number);

/// A p-value: four decimals, or two digits and a power of ten where that shows nothing; with the
/// standard error if it was simulated.
[[nodiscard]] std::string shown_p(double p, std::optional<double> standard_error = {});

/// "0.2500 [0.1250, 0.5000]", or without the interval if there is none, or "undefined".
[[nodiscard]] std::string shown_estimate(const Estimate& estimate);

/// "43.4 %".
[[nodiscard]] std::string shown_share(double share);

}  // namespace af::audit
