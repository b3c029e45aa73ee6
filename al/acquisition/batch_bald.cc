#include "al/acquisition/batch_bald.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>

#include "al/acquisition/joint_entropy_kernel.h"

namespace af::al::acquisition {
namespace {

constexpr std::int64_t kColumnsAtOnce = 256;  ///< A thread's least work.

/// p log p, 0 at 0.
at::Tensor p_log_p(const at::Tensor& p) {
  return p * p.clamp_min(std::numeric_limits<double>::min()).log();
}

/// 1/T sum_t H(p_t) of rows, [n]. @param p  [T, n, classes]
at::Tensor expected_entropy(const at::Tensor& p) { return p_log_p(p).sum({0, 2}).div_(-p.size(0)); }

/// E H(y | y_1..n) of rows by the kernel, [n]. @param p  [T, n, classes]
at::Tensor conditional_entropy_by_kernel(const PackedConfigurations& labels, const at::Tensor& p) {
  const at::Tensor columns = p.permute({1, 2, 0}).contiguous();  // [n, classes, T]
  at::Tensor parts = at::empty({p.size(1), p.size(2)}, p.options());
  const double* in = columns.const_data_ptr<double>();
  double* out = parts.mutable_data_ptr<double>();
  at::parallel_for(0, parts.numel(), kColumnsAtOnce, [&](std::int64_t begin, std::int64_t end) {
    const auto count = static_cast<std::size_t>(end - begin);
    joint_entropy_parts(labels,
                        {in + begin * p.size(0), count * static_cast<std::size_t>(p.size(0))},
                        {out + begin, count});
  });
  return parts.sum(1);
}

/// The pool's log-probabilities in chunks of rows that fit the memory.
template <class F>
void for_chunks(const at::Tensor& log_p, std::int64_t row_values, std::int64_t memory_bytes, F f) {
  const std::int64_t size = std::max<std::int64_t>(1, memory_bytes / (8 * row_values));
  for (std::int64_t first = 0; first < log_p.size(1); first += size) {
    const std::int64_t n = std::min(size, log_p.size(1) - first);
    f(first, n, log_p.narrow(1, first, n).to(at::kDouble).exp());
  }
}

}  // namespace

at::Tensor conditional_entropies_by_operators(const at::Tensor& log_probabilities,
                                              const LabelConfigurations& labels,
                                              std::int64_t memory_bytes) {
  const std::int64_t draws = log_probabilities.size(0);
  const std::int64_t classes = log_probabilities.size(2);
  at::Tensor entropies = at::empty({log_probabilities.size(1)}, labels.weights().options());
  const std::int64_t row_values = classes * (3 * labels.weights().size(0) + 3 * draws);
  for_chunks(log_probabilities, row_values, memory_bytes, [&](auto first, auto n, const auto& p) {
    const at::Tensor q = labels.posterior().mm(p.flatten(1));  // [M, n * classes]
    const at::Tensor sums = labels.weights().unsqueeze(0).mm(p_log_p(q)).view({n, classes});
    entropies.narrow(0, first, n).copy_(sums.sum(1).neg_());
  });
  return entropies;
}

at::Tensor conditional_entropies(const at::Tensor& log_probabilities,
                                 const LabelConfigurations& labels, std::int64_t memory_bytes) {
  if (!log_probabilities.is_cpu()) {
    return conditional_entropies_by_operators(log_probabilities, labels, memory_bytes);
  }
  const PackedConfigurations packed(to_vector(labels.weights()), to_vector(labels.posterior()),
                                    log_probabilities.size(0));
  at::Tensor entropies = at::empty({log_probabilities.size(1)}, labels.weights().options());
  const std::int64_t row_values = 3 * log_probabilities.size(0) * log_probabilities.size(2);
  for_chunks(log_probabilities, row_values, memory_bytes, [&](auto first, auto n, const auto& p) {
    entropies.narrow(0, first, n).copy_(conditional_entropy_by_kernel(packed, p));
  });
  return entropies;
}

std::vector<Choice> BatchBald::choose(Candidates& candidates, std::size_t count) const {
  const at::NoGradGuard no_grad;
  const at::Tensor& log_p = candidates.log_probabilities();
  const std::int64_t memory = options_.joint_memory_mb * 1'000'000;
  LabelConfigurations labels(log_p.size(0), options_.joint_configurations, log_p.device());
  at::Tensor expected = at::empty({log_p.size(1)}, labels.weights().options());
  for_chunks(log_p, 4 * log_p.size(0) * log_p.size(2), memory,
             [&](auto first, auto n, const auto& p) {
               expected.narrow(0, first, n).copy_(expected_entropy(p));
             });
  std::vector<bool> taken(candidates.rows().size());
  std::vector<Choice> chosen;
  while (chosen.size() < std::min(count, taken.size())) {
    std::vector<double> gains = to_vector(conditional_entropies(log_p, labels, memory) - expected);
    for (std::size_t i = 0; i < gains.size(); ++i) {
      if (taken[i]) gains[i] = -std::numeric_limits<double>::infinity();
    }
    const auto best = static_cast<std::size_t>(std::ranges::max_element(gains) - gains.begin());
    taken[best] = true;
    chosen.push_back({candidates.rows()[best], gains[best]});
    const std::uint64_t address =
        static_cast<std::uint64_t>(candidates.step()) << 32 | chosen.size();
    labels.extend(log_p.select(1, static_cast<std::int64_t>(best)).to(at::kDouble).exp(),
                  Stream(candidates.seed(), Purpose::kJointLabels, address));
  }
  return chosen;
}

}  // namespace af::al::acquisition
