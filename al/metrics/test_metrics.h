#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "al/images/image_table.h"
#include "al/metrics/confusion.h"

namespace af::al {

/// A metric and its value; empty where it is undefined.
using NamedMetric = std::pair<std::string, std::optional<double>>;

/// What an experiment reports of one test, in this order. A cell is a pair of a class and a group.
///   accuracy
///   balanced_accuracy, macro_recall   mean recall of the classes
///   macro_precision, macro_f1         means over the classes
///   nll                               mean of -log p(label), in nats
///   ece                               expected calibration error, 15 bins of equal width
///                                     (Guo et al. 2017, arXiv:1706.04599, Eq. 3)
///   brier                             mean over the rows of sum_k (p_k - [label = k])^2, in [0, 2]
///                                     (Brier 1950, Eq. 2); with two classes twice of what
///                                     scikit-learn gives by default
///   worst_group_accuracy              least accuracy of a cell (Sagawa et al. 2019,
///                                     arXiv:1911.08731); group_gap and group_ratio are the
///                                     largest minus, and the least over, the largest
///   equalized_odds_difference         largest difference between groups in TPR or FPR
///   demographic_parity_difference     largest difference between groups in selection rate;
///                                     both over all classes, one against the rest: with two
///                                     classes either one as the positive gives the same
///   accuracy_TARGET_v, accuracy_GROUP_w, accuracy_TARGET_v_GROUP_w
/// A mean or an extreme of parts of which one is undefined is undefined: leaving the part out
/// would make it look better than is known.
[[nodiscard]] std::vector<NamedMetric> test_metrics(const Predictions& predictions,
                                                    const Factor& target, const Factor& group);

/// The names alone, for a header. Vocabularies decide them.
[[nodiscard]] std::vector<std::string> test_metric_names(const Factor& target, const Factor& group);

}  // namespace af::al
