#pragma once

#include <string>

#include "al/images/image_table.h"
#include "al/metrics/confusion.h"

namespace af::al {

/// predictions.csv: `row,label,prediction,GROUP,probability_v...`, a line for every row of the
/// test file in its order, classes and groups by name, one probability a class.
[[nodiscard]] std::string predictions_text(const Predictions& predictions, const ImageTable& test);

}  // namespace af::al
