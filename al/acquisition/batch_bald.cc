#include "al/acquisition/batch_bald.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "al/acquisition/label_configurations.h"

namespace af::al::acquisition {
namespace {

/// p log p, 0 at 0, in place of p. Overwrites `scratch`, which has the shape of p.
void times_own_log_(at::Tensor& p, at::Tensor& scratch) {
  at::log_out(scratch, p.clamp_min_(std::numeric_limits<double>::min()));
  p.mul_(scratch);
}

/// The candidates' log-probabilities, seen through chunks of rows that fit the memory.
class Pool {
 public:
  Pool(const at::Tensor& log_probabilities, std::int64_t most_configurations,
       std::int64_t memory_bytes)
      : log_p_(log_probabilities) {
    const std::int64_t row_values = 2 * log_p_.size(2) * std::max(most_configurations, draws());
    chunk_ = std::clamp<std::int64_t>(memory_bytes / (8 * row_values), 1, rows());
    workspace_ = at::empty({chunk_ * row_values}, log_p_.options().dtype(at::kDouble));
    expected_entropy_ = at::empty({rows()}, workspace_.options());
    for (std::int64_t first = 0; first < rows(); first += chunk_) {
      const at::Tensor p = chunk_from(first);
      auto [terms, scratch] = pair_of(p.sizes());
      terms.copy_(p);
      times_own_log_(terms, scratch);
      expected_entropy_.narrow(0, first, p.size(1)).copy_(terms.sum({0, 2}).div_(-draws()));
    }
  }

  [[nodiscard]] std::int64_t draws() const { return log_p_.size(0); }
  [[nodiscard]] std::int64_t rows() const { return log_p_.size(1); }
  [[nodiscard]] at::Tensor probabilities(std::int64_t row) const {  // [T, classes]
    return log_p_.select(1, row).to(at::kDouble).exp();
  }

  /// [N]: what each row would add to the rows of the configurations.
  [[nodiscard]] at::Tensor gains(const LabelConfigurations& labels) const {
    at::Tensor gains = at::empty_like(expected_entropy_);
    for (std::int64_t first = 0; first < rows(); first += chunk_) {
      const at::Tensor p = chunk_from(first);
      auto [q, scratch] = pair_of({labels.weights().size(0), p.size(1) * p.size(2)});
      at::mm_out(q, labels.posterior(), p.flatten(1));
      times_own_log_(q, scratch);
      const at::Tensor sums = labels.weights().unsqueeze(0).mm(q).view({p.size(1), p.size(2)});
      gains.narrow(0, first, p.size(1)).copy_(sums.sum(1).neg_());
    }
    return gains.sub_(expected_entropy_);
  }

 private:
  /// Probabilities [T, n, classes] of the chunk that begins at a row.
  [[nodiscard]] at::Tensor chunk_from(std::int64_t first) const {
    const std::int64_t n = std::min(chunk_, rows() - first);
    return log_p_.narrow(1, first, n).to(at::kDouble).exp().contiguous();
  }
  /// Two tensors of a shape in the workspace, their values left over from earlier.
  [[nodiscard]] std::pair<at::Tensor, at::Tensor> pair_of(at::IntArrayRef shape) const {
    const std::int64_t count = c10::multiply_integers(shape);
    return {workspace_.narrow(0, 0, count).view(shape),
            workspace_.narrow(0, count, count).view(shape)};
  }

  const at::Tensor& log_p_;
  std::int64_t chunk_ = 1;       ///< Rows.
  at::Tensor workspace_;         ///< float64, used anew by every chunk
  at::Tensor expected_entropy_;  ///< [N] 1/T sum_t H(p_t)
};

}  // namespace

std::vector<Choice> BatchBald::choose(Candidates& candidates, std::size_t count) const {
  const at::NoGradGuard no_grad;
  const at::Tensor& log_p = candidates.log_probabilities();
  const Pool pool(log_p, options_.joint_configurations, options_.joint_memory_mb * 1'000'000);
  LabelConfigurations labels(pool.draws(), options_.joint_configurations, log_p.device());
  std::vector<bool> taken(candidates.rows().size());
  std::vector<Choice> chosen;
  while (chosen.size() < std::min(count, taken.size())) {
    std::vector<double> gains = to_vector(pool.gains(labels));
    for (std::size_t i = 0; i < gains.size(); ++i) {
      if (taken[i]) gains[i] = -std::numeric_limits<double>::infinity();
    }
    const auto best = static_cast<std::size_t>(std::ranges::max_element(gains) - gains.begin());
    taken[best] = true;
    chosen.push_back({candidates.rows()[best], gains[best]});
    const std::uint64_t address =
        static_cast<std::uint64_t>(candidates.step()) << 32 | chosen.size();
    labels.extend(pool.probabilities(static_cast<std::int64_t>(best)),
                  Stream(candidates.seed(), Purpose::kJointLabels, address));
  }
  return chosen;
}

}  // namespace af::al::acquisition
