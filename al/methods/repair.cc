#include "al/methods/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/errors.h"
#include "core/random.h"

namespace af::al::methods {
namespace {

constexpr std::size_t kBatch = 128;
constexpr double kMomentum = .9;

/// The codes numbered from 0 without gaps; returns how many there are.
std::size_t number(std::span<const std::int64_t> codes, std::vector<std::size_t>& numbers) {
  std::vector<std::int64_t> present(codes.begin(), codes.end());
  std::ranges::sort(present);
  present.erase(std::ranges::unique(present).begin(), present.end());
  for (const std::int64_t code : codes) {
    numbers.push_back(
        static_cast<std::size_t>(std::ranges::lower_bound(present, code) - present.begin()));
  }
  return present.size();
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

std::vector<double> sigmoids(const std::vector<double>& values) {
  std::vector<double> weights(values.size());
  std::ranges::transform(values, weights.begin(), sigmoid);
  return weights;
}

/// log p(c | group) of the linear model, [classes, groups].
std::vector<double> log_probabilities(const RepairRows& rows, const std::vector<double>& model) {
  const std::size_t columns = rows.group_count + 1;
  std::vector<double> log_p(rows.class_count * rows.group_count);
  for (std::size_t g = 0; g < rows.group_count; ++g) {
    const auto logit = [&](std::size_t c) {
      return model[c * columns + g] + model[c * columns + rows.group_count];
    };
    double highest = logit(0);
    for (std::size_t c = 1; c < rows.class_count; ++c) highest = std::max(highest, logit(c));
    double sum = 0;
    for (std::size_t c = 0; c < rows.class_count; ++c) sum += std::exp(logit(c) - highest);
    const double log_sum = highest + std::log(sum);
    for (std::size_t c = 0; c < rows.class_count; ++c) {
      log_p[c * rows.group_count + g] = logit(c) - log_sum;
    }
  }
  return log_p;
}

/// Everything of a state that loss, entropy and their derivatives are made of.
struct Parts {
  Parts(const RepairRows& rows, const RepairState& state, std::span<const std::size_t> batch)
      : weights(sigmoids(state.weights)),
        of_class(rows.class_count),
        log_p(log_probabilities(rows, state.model)),
        batch_share(rows.class_count) {
    for (std::size_t i = 0; i < weights.size(); ++i) of_class[rows.classes[i]] += weights[i];
    sum = std::accumulate(of_class.begin(), of_class.end(), 0.0);
    // z_i / B is w_i times this.
    scale = static_cast<double>(weights.size()) / sum / static_cast<double>(batch.size());
    for (const std::size_t i : batch) {
      const double z = weights[i] * scale;
      terms.loss += z * row_loss(rows, i);
      terms.entropy -= z * log_share(rows.classes[i]);
      batch_share[rows.classes[i]] += z;
    }
  }
  double row_loss(const RepairRows& rows, std::size_t i) const {
    return -log_p[rows.classes[i] * rows.group_count + rows.groups[i]];
  }
  double log_share(std::size_t c) const { return std::log(of_class[c] / sum); }  ///< log q_c

  std::vector<double> weights;   ///< [n]
  std::vector<double> of_class;  ///< [classes] sums of weights
  double sum = 0;
  double scale = 0;
  std::vector<double> log_p;        ///< [classes, groups]
  std::vector<double> batch_share;  ///< [classes] 1/B sum of z_i over the batch's rows of a class
  RepairTerms terms{0, 0};
};

/// d loss / d model.
std::vector<double> model_gradient(const RepairRows& rows, const Parts& parts,
                                   std::span<const std::size_t> batch) {
  const std::size_t columns = rows.group_count + 1;
  std::vector<double> gradient(rows.class_count * columns);
  for (const std::size_t i : batch) {
    const double z = parts.weights[i] * parts.scale;
    for (std::size_t c = 0; c < rows.class_count; ++c) {
      const double p = std::exp(parts.log_p[c * rows.group_count + rows.groups[i]]);
      const double slope = z * (p - (c == rows.classes[i] ? 1 : 0));
      gradient[c * columns + rows.groups[i]] += slope;
      gradient[c * columns + rows.group_count] += slope;
    }
  }
  return gradient;
}

/// d bias / d a. With S the sum of all weights and W_c that of a class,
///   d loss / d w_k    = [k in batch] l_k n / (S B) - loss / S
///   d entropy / d w_k = -[k in batch] log q n / (S B) - entropy / S
///                       - Z_c / W_c + sum_c' Z_c' / S,   Z_c = 1/B sum of z_i over class c of k.
std::vector<double> weight_gradient(const RepairRows& rows, const Parts& parts,
                                    std::span<const std::size_t> batch) {
  const auto [loss, entropy] = parts.terms;
  // d bias = (loss d entropy - entropy d loss) / entropy^2
  const auto of_bias = [loss = loss, entropy = entropy](double d_loss, double d_entropy) {
    return (loss * d_entropy - entropy * d_loss) / (entropy * entropy);
  };
  const double all_z = std::accumulate(parts.batch_share.begin(), parts.batch_share.end(), 0.0);
  std::vector<double> everywhere;  // Of any row of a class, in the batch or not.
  for (std::size_t c = 0; c < rows.class_count; ++c) {
    const double shift = all_z / parts.sum - parts.batch_share[c] / parts.of_class[c];
    everywhere.push_back(of_bias(-loss / parts.sum, -entropy / parts.sum + shift));
  }
  std::vector<double> gradient(parts.weights.size());
  for (std::size_t k = 0; k < gradient.size(); ++k) gradient[k] = everywhere[rows.classes[k]];
  for (const std::size_t k : batch) {
    gradient[k] += of_bias(parts.row_loss(rows, k) * parts.scale,
                           -parts.log_share(rows.classes[k]) * parts.scale);
  }
  for (std::size_t k = 0; k < gradient.size(); ++k) {
    gradient[k] *= parts.weights[k] * (1 - parts.weights[k]);
  }
  return gradient;
}

/// Steps of gradient descent on either side.
class Learner {
 public:
  Learner(const RepairRows& rows, const RepairOptions& options)
      : rows_(rows), options_(options), state_(rows), velocity_(state_.model.size()) {}

  void step(std::span<const std::size_t> batch) {
    const RepairState gradient = repair_gradient(rows_, state_, batch);
    for (std::size_t i = 0; i < velocity_.size(); ++i) {
      velocity_[i] = kMomentum * velocity_[i] + gradient.model[i];
      state_.model[i] -= options_.learning_rate * velocity_[i];
    }
    for (std::size_t i = 0; i < state_.weights.size(); ++i) {
      state_.weights[i] -= options_.weight_rate * gradient.weights[i];
    }
  }
  std::vector<double> weights() const { return sigmoids(state_.weights); }

 private:
  const RepairRows& rows_;
  const RepairOptions& options_;
  RepairState state_;
  std::vector<double> velocity_;
};

}  // namespace

RepairRows::RepairRows(std::span<const std::int64_t> class_codes,
                       std::span<const std::int64_t> group_codes)
    : class_count(number(class_codes, classes)), group_count(number(group_codes, groups)) {}

RepairState::RepairState(const RepairRows& rows)
    : model(rows.class_count * (rows.group_count + 1)), weights(rows.classes.size()) {}

RepairTerms repair_terms(const RepairRows& rows, const RepairState& state,
                         std::span<const std::size_t> batch) {
  return Parts(rows, state, batch).terms;
}

RepairState repair_gradient(const RepairRows& rows, const RepairState& state,
                            std::span<const std::size_t> batch) {
  const Parts parts(rows, state, batch);
  RepairState gradient(rows);
  gradient.model = model_gradient(rows, parts, batch);
  gradient.weights = weight_gradient(rows, parts, batch);
  return gradient;
}

std::vector<double> repair_weights(const RepairRows& rows, const RepairOptions& options,
                                   std::uint64_t seed, std::int64_t step) {
  Learner learner(rows, options);
  const std::size_t count = rows.classes.size();
  if (rows.class_count < 2) return learner.weights();
  for (std::int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    Stream stream(seed, Purpose::kRepairOrder,
                  static_cast<std::uint64_t>(step) << 32 | static_cast<std::uint64_t>(epoch));
    const auto drawn = permutation(static_cast<std::uint32_t>(count), stream);
    const std::vector<std::size_t> order(drawn.begin(), drawn.end());
    for (std::size_t first = 0; first < count; first += kBatch) {
      learner.step(std::span(order).subspan(first, std::min(kBatch, count - first)));
    }
  }
  std::vector<double> weights = learner.weights();
  if (std::ranges::all_of(weights, [](double weight) { return std::isfinite(weight); })) {
    return weights;
  }
  throw Error(ExitCode::kInput,
              fmt::format("repair diverged at step {} of seed {}: its weights are not finite with "
                          "repair_weight_rate {}, expected a smaller one",
                          step, seed, options.weight_rate));
}

}  // namespace af::al::methods
