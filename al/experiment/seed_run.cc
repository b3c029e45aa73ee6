#include "al/experiment/seed_run.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "al/acquisition/heuristic.h"
#include "al/acquisition/registry.h"
#include "al/device/timed.h"
#include "al/inference/pool_candidates.h"
#include "al/inference/prediction.h"
#include "al/methods/registry.h"
#include "al/models/make_classifier.h"
#include "al/runs/csv_records.h"
#include "al/runs/metrics_file.h"
#include "al/runs/predictions_file.h"
#include "al/runs/training_file.h"
#include "al/training/training.h"
#include "al/weights/initial_weights.h"
#include "core/atomic_file.h"

namespace af::al {
namespace {

/// Labels of the labelled rows, and their group attribute where the method needs it; nothing of
/// other rows is looked at.
LabelledRows training_rows(const std::vector<LabelledRow>& labelled, const ImageTable& train,
                           const std::string& method) {
  LabelledRows rows;
  for (const LabelledRow& one : labelled) {
    const auto row = static_cast<std::size_t>(one.row);
    rows.rows.push_back(one.row);
    rows.labels.push_back(train.target.codes[row]);
    if (!methods::needs_attribute(method)) continue;
    rows.groups.push_back(train.group.codes[row]);
  }
  return rows;
}

std::vector<std::int64_t> rows_of(const std::vector<LabelledRow>& labelled) {
  std::vector<std::int64_t> rows;
  for (const LabelledRow& one : labelled) rows.push_back(one.row);
  return rows;
}

/// The only place where labels of the whole pool are handed on, and only to an oracle.
acquisition::PoolTruth truth_of(const ImageTable& train, std::span<const std::int64_t> labelled) {
  return {.classes = train.target.codes,
          .groups = train.group.codes,
          .class_count = train.target.size(),
          .group_count = train.group.size(),
          .labelled = labelled};
}

Predictions test_predictions(const SharedData& data, const models::Classifier& net,
                             std::uint64_t seed, std::int64_t step) {
  const PrecisionScope precision(data.config.precision, data.test_images.device());
  std::vector<std::int64_t> rows(static_cast<std::size_t>(data.test.rows));
  std::iota(rows.begin(), rows.end(), 0);
  const at::Tensor features = features_of(net, data.test_images, rows);
  const at::Tensor draws =
      mc_log_probabilities(net, features, rows, {seed, step, RowSource::kTest}, data.config.draws);
  const at::Tensor log_p = log_mean_probabilities(draws).to(at::kDouble).cpu().contiguous();
  const at::Tensor predicted = log_p.argmax(1);
  const double* values = log_p.const_data_ptr<double>();
  const std::int64_t* classes = predicted.const_data_ptr<std::int64_t>();
  return {.labels = data.test.target.codes,
          .predicted = std::vector<std::uint16_t>(classes, classes + predicted.numel()),
          .groups = data.test.group.codes,
          .log_probabilities = std::vector<double>(values, values + log_p.numel()),
          .class_count = data.test.target.size(),
          .group_count = data.test.group.size()};
}

/// Everything that a step needs and that lives as long as the run.
class Steps {
 public:
  Steps(const SharedData& data, SeedRun& run, FirstStep& first_step,
        const std::string& metrics_header)
      : data_(data),
        run_(run),
        first_step_(first_step),
        metrics_header_(metrics_header),
        heuristic_(acquisition::make_heuristic(run.heuristic, data.config.acquisition)),
        net_(new_classifier(data.config, data.train, data.pool_images.device())) {
    if (data.start != nullptr) {
      weights::start_from(*net_, *data.start, data.config.weights.value());
    }
  }

  /// Does one step and writes it down; returns its line of metrics.
  std::string take(std::int64_t step) {
    const auto labelled_before = static_cast<std::int64_t>(run_.labelled.size());
    StageSeconds seconds;
    const auto work = [&] { return train_and_test(step, seconds); };
    const auto [training, predictions] =
        step == 0 ? first_step_.take(net_->parameters, work) : work();
    write_down(step, training);
    const bool last = step + 1 == step_count(data_.config);
    if (last) {
      write_file(run_.folder / kPredictionsName, predictions_text(predictions, data_.test), true);
    } else {
      const double both = timed(device(), [&] { seconds.score = choose(step + 1); });
      seconds.choose = both - seconds.score;
      write_file(run_.folder / kLabelledName, labelled_text(run_.labelled, data_.train), true);
    }
    const MetricsKey key{data_.config.method, run_.heuristic, run_.seed, step, labelled_before};
    run_.metrics.push_back(
        metrics_line(key, test_metrics(predictions, data_.test.target, data_.test.group), seconds));
    write_file(run_.folder / kMetricsName, csv_text(metrics_header_, run_.metrics), true);
    return run_.metrics.back();
  }

 private:
  TrainedStep train_and_test(std::int64_t step, StageSeconds& seconds) const {
    TrainedStep trained;
    seconds.train = timed(device(), [&] {
      trained.training = train(*net_, data_.pool_images,
                               training_rows(run_.labelled, data_.train, data_.config.method),
                               training_plan(data_.config), {seed(), step});
    });
    seconds.test =
        timed(device(), [&] { trained.test = test_predictions(data_, *net_, seed(), step); });
    return trained;
  }

  void write_down(std::int64_t step, const TrainingRecord& record) {
    run_.training.push_back(training_line(step, record.batch_size, record.rows_per_epoch));
    write_file(run_.folder / kTrainingName, csv_text(kTrainingHeader, run_.training), true);
    if (record.kept.empty()) return;
    std::ranges::copy(kept_lines(step, record.kept, data_.train), std::back_inserter(run_.kept));
    write_file(run_.folder / kKeptName, csv_text(kept_header(data_.train), run_.kept), true);
  }

  at::Device device() const { return data_.pool_images.device(); }
  std::uint64_t seed() const { return static_cast<std::uint64_t>(run_.seed); }

  /// Returns the seconds that the heuristic's predictions took.
  double choose(std::int64_t step) {
    const auto labelled = static_cast<std::int64_t>(run_.labelled.size());
    const std::int64_t count = std::min(data_.config.query, data_.config.budget - labelled);
    const PrecisionScope precision(data_.config.precision, data_.pool_images.device());
    PoolCandidates candidates(data_.config, data_.pool_images, *net_, {seed(), step},
                              rows_of(run_.labelled));
    for (const acquisition::Choice& choice : chosen(candidates, static_cast<std::size_t>(count))) {
      run_.labelled.push_back({step, choice.row, choice.score});
    }
    return candidates.prediction_seconds();
  }

  std::vector<acquisition::Choice> chosen(PoolCandidates& candidates, std::size_t count) const {
    if (const auto* oracle = std::get_if<std::unique_ptr<acquisition::Oracle>>(&heuristic_)) {
      return (*oracle)->choose(candidates, truth_of(data_.train, candidates.labelled()), count);
    }
    return std::get<std::unique_ptr<acquisition::Heuristic>>(heuristic_)->choose(candidates, count);
  }

  const SharedData& data_;
  SeedRun& run_;
  FirstStep& first_step_;
  const std::string& metrics_header_;
  acquisition::AnyHeuristic heuristic_;
  std::unique_ptr<models::Classifier> net_;
};

}  // namespace

std::unique_ptr<models::Classifier> new_classifier(const ExperimentConfig& config,
                                                   const ImageTable& train, at::Device device) {
  models::Extras extras{.frozen_features = config.freeze == FreezeKind::kFeatures};
  if (methods::needs_adversary(config.method)) {
    extras.adversary_groups = static_cast<std::int64_t>(train.group.size());
  }
  auto net =
      models::make_classifier(config.model, {train.height, train.width, train.channels},
                              static_cast<std::int64_t>(train.target.size()), device, extras);
  net->dropout = config.dropout != DropoutKind::kNone;
  return net;
}

void continue_seed_run(const SharedData& data, SeedRun& run, FirstStep& first_step,
                       const std::string& metrics_header,
                       const std::function<void(const std::string&)>& step_done,
                       const std::atomic<bool>& stop) {
  auto step = static_cast<std::int64_t>(run.metrics.size());
  if (step >= step_count(data.config)) return;
  Steps steps(data, run, first_step, metrics_header);
  for (; step < step_count(data.config) && !stop; ++step) step_done(steps.take(step));
}

}  // namespace af::al
