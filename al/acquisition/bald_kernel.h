#pragma once

#include <cstdint>

namespace af::al::acquisition {

/// Log-probabilities [T, N, classes] in contiguous memory.
template <class T>
struct DrawsView {
  const T* log_probabilities = nullptr;
  std::int64_t draws = 0;  ///< T
  std::int64_t rows = 0;   ///< N
  std::int64_t classes = 0;
};

/// BALD scores (bald.h) of the rows begin .. end-1 in one pass over their log-probabilities, in
/// float64, with the vector instructions that the processor has. A row's score has the same bits
/// on every x86-64 machine and whatever the other rows are.
/// @param scores  [end - begin]
void bald_kernel(const DrawsView<float>& draws, std::int64_t begin, std::int64_t end,
                 double* scores);
void bald_kernel(const DrawsView<double>& draws, std::int64_t begin, std::int64_t end,
                 double* scores);

}  // namespace af::al::acquisition
