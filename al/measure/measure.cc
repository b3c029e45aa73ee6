#include "al/measure/measure.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "al/acquisition/bald.h"
#include "al/device/device.h"
#include "al/device/timed.h"
#include "al/inference/prediction.h"
#include "al/models/make_classifier.h"
#include "al/models/registry.h"
#include "al/training/training.h"
#include "core/random.h"

namespace af::al {
namespace {

constexpr std::int64_t kImageSide = 64;
constexpr std::int64_t kChannels = 3;
constexpr std::int64_t kClasses = 2;
constexpr std::size_t kQuery = 100;
/// A machine that others share may take a quarter of a second for memory that is touched anew.
constexpr std::size_t kPredictions = 3;

ImageTable random_images(std::int64_t rows, std::int64_t side, std::uint64_t index) {
  ImageTable table;
  table.rows = rows;
  table.height = table.width = side;
  table.channels = kChannels;
  table.pixels.resize(static_cast<std::size_t>(rows * table.image_bytes()));
  Stream stream(1, Purpose::kTest, index);
  for (std::uint8_t& value : table.pixels) value = static_cast<std::uint8_t>(stream.bits());
  return table;
}

std::vector<std::int64_t> range(std::int64_t first, std::int64_t end) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(end - first));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

std::unique_ptr<models::Classifier> fresh_net(const std::string& model, std::int64_t side,
                                              at::Device device) {
  auto net = models::make_classifier(model, {side, side, kChannels}, kClasses, device);
  net->parameters.reset(1);
  return net;
}

at::Device prepared_device(const std::string& name, int threads) {
  const std::string resolved = resolved_device_name(name);
  prepare_thread(threads);
  take_stream(resolved);
  allow_tf32(false);
  return at::Device(resolved);
}

LabelledRows random_labels(std::int64_t count) {
  LabelledRows labelled{.rows = range(0, count), .labels = {}, .groups = {}};
  Stream stream(1, Purpose::kTest, 2);
  for (std::int64_t i = 0; i < count; ++i) labelled.labels.push_back(stream.below(kClasses));
  return labelled;
}

}  // namespace

StageSeconds measure_step(const StepSize& size) {
  const at::Device device = prepared_device(size.device, size.threads);
  constexpr std::int64_t kSide = kImageSide / 2;
  const ImageTable pool = random_images(size.pool, kSide, 0);
  const ImageTable test = random_images(size.test, kSide, 1);
  const ChannelStatistics statistics = channel_statistics(pool);
  const ResidentImages pool_images(pool, statistics, device);
  const ResidentImages test_images(test, statistics, device);
  const auto net = fresh_net("small", kSide, device);
  const LabelledRows labelled = random_labels(size.labels);
  const auto draws_of = [&](const ResidentImages& images, const std::vector<std::int64_t>& rows,
                            RowSource source) {
    return mc_log_probabilities(*net, features_of(*net, images, rows), rows, {1, 0, source},
                                size.draws);
  };
  StageSeconds seconds;
  seconds.train = timed(device, [&] {
    train(*net, pool_images, labelled, TrainingPlan{}, {1, 0});
  });
  seconds.score = timed(device, [&] {
    const auto rows = range(size.labels, size.pool);
    const auto scores = acquisition::bald_scores(draws_of(pool_images, rows, RowSource::kPool));
    static_cast<void>(acquisition::highest(rows, scores, kQuery));
  });
  seconds.test = timed(device, [&] {
    const auto rows = range(0, size.test);
    static_cast<void>(log_mean_probabilities(draws_of(test_images, rows, RowSource::kTest)).cpu());
  });
  return seconds;
}

McSeconds measure_mc_prediction(const McSize& size) {
  const at::Device device = prepared_device(size.device, size.threads);
  const std::int64_t side = kImageSide / models::default_downscale(size.model);
  const ImageTable table = random_images(size.images, side, 0);
  const ResidentImages images(table, channel_statistics(table), device);
  const auto net = fresh_net(size.model, side, device);
  const auto predict = [&](const std::vector<std::int64_t>& rows) {
    McSeconds seconds;
    at::Tensor features;
    seconds.features = timed(device, [&] { features = features_of(*net, images, rows); });
    seconds.draws = timed(device, [&] {
      const at::Tensor log_p =
          mc_log_probabilities(*net, features, rows, {1, 0, RowSource::kPool}, size.draws);
      static_cast<void>(log_mean_probabilities(log_p).cpu());
    });
    return seconds;
  };
  const PrecisionScope precision(size.precision, device);
  static_cast<void>(predict({0}));
  std::array<McSeconds, kPredictions> all;
  for (McSeconds& one : all) one = predict(range(0, size.images));
  const auto median = all.begin() + kPredictions / 2;
  std::ranges::nth_element(all, median, {},
                           [](const McSeconds& s) { return s.features + s.draws; });
  McSeconds seconds = *median;
  const at::NoGradGuard no_grad;
  seconds.prepare = timed(device, [&] {
    static_cast<void>(net->backbone->frozen_representation());
    static_cast<void>(net->backbone->frozen_features());
  });
  return seconds;
}

}  // namespace af::al
