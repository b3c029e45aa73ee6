#include "al/runs/predictions_file.h"

#include <fmt/format.h>

#include <cmath>

#include "core/text.h"

namespace af::al {

std::string predictions_text(const Predictions& predictions, const ImageTable& test) {
  const std::vector<std::string>& classes = test.target.vocabulary;
  std::string text = fmt::format("row,label,prediction,{}", csv_field(test.group.name));
  for (const std::string& name : classes)
    text += fmt::format(",{}", csv_field("probability_" + name));
  text += "\n";
  for (std::size_t i = 0; i < predictions.labels.size(); ++i) {
    text += fmt::format("{},{},{},{}", i, csv_field(classes[predictions.labels[i]]),
                        csv_field(classes[predictions.predicted[i]]),
                        csv_field(test.group.vocabulary[predictions.groups[i]]));
    for (std::size_t y = 0; y < classes.size(); ++y) {
      const double log_p = predictions.log_probabilities[i * classes.size() + y];
      text += fmt::format(",{:.9g}", std::exp(log_p));
    }
    text += "\n";
  }
  return text;
}

}  // namespace af::al
