#include "al/acquisition/bald_kernel.h"

#include <algorithm>
#include <vector>

#include "al/acquisition/vector_math.h"

namespace af::al::acquisition {
namespace {

/// Values of a draw that are summed at once: both sums stay in a cache.
constexpr std::int64_t kValuesAtOnce = 4096;

/// Sums over the draws for one run of values, of p and of p log p.
struct Sums {
  double* p;
  double* p_log_p;
};

template <class T>
[[gnu::always_inline]] inline void add_draw(const T* __restrict log_p, std::int64_t count,
                                            double* __restrict sum_p,
                                            double* __restrict sum_p_log_p) {
  for (std::int64_t i = 0; i < count; ++i) {
    const auto value = static_cast<double>(log_p[i]);
    const double x = value < vector_math::kLowest ? vector_math::kLowest : value;
    const double p = vector_math::exp(x);
    sum_p[i] += p;
    sum_p_log_p[i] += p * x;
  }
}

/// Leaves in `sums.p` each value's part of the score: with mean p, -p log p + mean of p_t log p_t.
[[gnu::always_inline]] inline void finish(std::int64_t count, std::int64_t draws,
                                          double* __restrict sum_p,
                                          const double* __restrict sum_p_log_p) {
  const auto t = static_cast<double>(draws);
  for (std::int64_t i = 0; i < count; ++i) {
    const double p = sum_p[i] / t;
    sum_p[i] = sum_p_log_p[i] / t - p * vector_math::log(p);
  }
}

template <class T>
[[gnu::always_inline]] inline void add_draws(const DrawsView<T>& draws, std::int64_t first,
                                             std::int64_t count, const Sums& sums) {
  std::fill_n(sums.p, count, 0.0);
  std::fill_n(sums.p_log_p, count, 0.0);
  const std::int64_t stride = draws.rows * draws.classes;
  for (std::int64_t t = 0; t < draws.draws; ++t) {
    add_draw(draws.log_probabilities + t * stride + first, count, sums.p, sums.p_log_p);
  }
  finish(count, draws.draws, sums.p, sums.p_log_p);
}

AF_VECTOR_CLONES void parts_of(const DrawsView<float>& draws, std::int64_t first,
                               std::int64_t count, const Sums& sums) {
  add_draws(draws, first, count, sums);
}

AF_VECTOR_CLONES void parts_of(const DrawsView<double>& draws, std::int64_t first,
                               std::int64_t count, const Sums& sums) {
  add_draws(draws, first, count, sums);
}

template <class T>
void scores_of(const DrawsView<T>& draws, std::int64_t begin, std::int64_t end, double* scores) {
  const std::int64_t block = std::max<std::int64_t>(1, kValuesAtOnce / draws.classes);
  std::vector<double> buffer(static_cast<std::size_t>(2 * block * draws.classes));
  const Sums sums{buffer.data(), buffer.data() + block * draws.classes};
  for (std::int64_t row = begin; row < end; row += block) {
    const std::int64_t rows = std::min(block, end - row);
    parts_of(draws, row * draws.classes, rows * draws.classes, sums);
    for (std::int64_t i = 0; i < rows; ++i) {
      double score = 0;
      for (std::int64_t y = 0; y < draws.classes; ++y) score += sums.p[i * draws.classes + y];
      *scores++ = score;
    }
  }
}

}  // namespace

void bald_kernel(const DrawsView<float>& draws, std::int64_t begin, std::int64_t end,
                 double* scores) {
  scores_of(draws, begin, end, scores);
}

void bald_kernel(const DrawsView<double>& draws, std::int64_t begin, std::int64_t end,
                 double* scores) {
  scores_of(draws, begin, end, scores);
}

}  // namespace af::al::acquisition
