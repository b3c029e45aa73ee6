#pragma once

#include <cstdint>
#include <memory>

/// The acquisition work that the benchmarks time, on random predictions; no LibTorch here.
namespace af::al {

/// BALD scores of random log-probabilities [T, N, classes] in float32.
class BaldTimer {
 public:
  BaldTimer(std::int64_t rows, std::int64_t draws, std::int64_t classes, int threads);
  ~BaldTimer();

  [[nodiscard]] double score_seconds() const;
  /// One memcpy of the log-probabilities into memory that has been written before.
  [[nodiscard]] double copy_seconds() const;

 private:
  struct Tensors;
  std::unique_ptr<Tensors> tensors_;
};

struct AcquisitionSize {
  std::int64_t rows = 50'000;
  std::int64_t query = 100;
  int threads = 2;
};

/// Seconds to choose `query` rows. BatchBALD: T = 20, two classes, default options. CoreSet: 512
/// features, 500 labelled rows. BADGE: 512 features, ten classes.
[[nodiscard]] double batch_bald_seconds(const AcquisitionSize& size);
[[nodiscard]] double core_set_seconds(const AcquisitionSize& size);
[[nodiscard]] double badge_seconds(const AcquisitionSize& size);

}  // namespace af::al
