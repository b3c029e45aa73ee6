#include "al/measure/measure_acquisition.h"

#include <ATen/ATen.h>

#include <cstring>
#include <numeric>
#include <stdexcept>

#include "al/acquisition/badge.h"
#include "al/acquisition/bald.h"
#include "al/acquisition/batch_bald.h"
#include "al/acquisition/core_set.h"
#include "al/device/device.h"
#include "al/device/timed.h"
#include "core/random.h"

namespace af::al {
namespace {

constexpr std::int64_t kDraws = 20;
constexpr std::int64_t kFeatures = 512;
constexpr std::int64_t kLabelled = 500;
constexpr std::int64_t kManyClasses = 10;

at::Tensor random_tensor(at::IntArrayRef shape) {
  at::Tensor tensor = at::empty(shape, at::kFloat);
  Stream stream(1, Purpose::kTest, 0);
  float* values = tensor.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < tensor.numel(); ++i) {
    values[i] = static_cast<float>(static_cast<double>(stream.bits()) * 0x1p-31 - 1);
  }
  return tensor;
}

at::Tensor random_log_probabilities(at::IntArrayRef shape) {
  return at::log_softmax(random_tensor(shape).mul_(3), -1);
}

/// Candidates that have draws, embeddings or both.
class RandomCandidates final : public acquisition::Candidates {
 public:
  explicit RandomCandidates(std::int64_t count) : rows_(static_cast<std::size_t>(count)) {
    std::iota(rows_.begin(), rows_.end(), 0);
  }
  std::span<const std::int64_t> rows() const override { return rows_; }
  std::uint64_t seed() const override { return 1; }
  std::int64_t step() const override { return 1; }
  const at::Tensor& log_probabilities() override { return draws; }
  at::Tensor target_log_probabilities(std::int64_t /*count*/) override {
    throw std::logic_error("there are no targets");
  }
  const at::Tensor& embeddings() override { return hidden; }
  at::Tensor point_log_probabilities() override { return point; }
  at::Tensor labelled_embeddings() override { return labelled; }

  at::Tensor draws;
  at::Tensor hidden;
  at::Tensor point;
  at::Tensor labelled;

 private:
  std::vector<std::int64_t> rows_;
};

double seconds_to_choose(const acquisition::Heuristic& heuristic, RandomCandidates& candidates,
                         const AcquisitionSize& size) {
  prepare_thread(size.threads);
  return timed(at::kCPU, [&] {
    static_cast<void>(heuristic.choose(candidates, static_cast<std::size_t>(size.query)));
  });
}

}  // namespace

struct BaldTimer::Tensors {
  at::Tensor log_probabilities;
  at::Tensor copy;
};

BaldTimer::BaldTimer(std::int64_t rows, std::int64_t draws, std::int64_t classes, int threads) {
  prepare_thread(threads);
  const at::Tensor log_p = random_log_probabilities({draws, rows, classes});
  tensors_ = std::make_unique<Tensors>(Tensors{log_p, log_p.clone()});
}

BaldTimer::~BaldTimer() = default;

double BaldTimer::score_seconds() const {
  return timed(at::kCPU, [&] {
    if (acquisition::bald_scores(tensors_->log_probabilities).empty()) std::abort();
  });
}

double BaldTimer::copy_seconds() const {
  return timed(at::kCPU, [&] {
    std::memcpy(tensors_->copy.mutable_data_ptr(), tensors_->log_probabilities.const_data_ptr(),
                tensors_->copy.nbytes());
  });
}

double batch_bald_seconds(const AcquisitionSize& size) {
  RandomCandidates candidates(size.rows);
  candidates.draws = random_log_probabilities({kDraws, size.rows, 2});
  return seconds_to_choose(acquisition::BatchBald({}), candidates, size);
}

double core_set_seconds(const AcquisitionSize& size) {
  RandomCandidates candidates(size.rows);
  candidates.hidden = random_tensor({size.rows, kFeatures});
  candidates.labelled = random_tensor({kLabelled, kFeatures}).neg();
  return seconds_to_choose(acquisition::CoreSet(), candidates, size);
}

double badge_seconds(const AcquisitionSize& size) {
  RandomCandidates candidates(size.rows);
  candidates.hidden = random_tensor({size.rows, kFeatures});
  candidates.point = random_log_probabilities({size.rows, kManyClasses});
  return seconds_to_choose(acquisition::Badge(), candidates, size);
}

}  // namespace af::al
