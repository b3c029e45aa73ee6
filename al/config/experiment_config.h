#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "al/acquisition/heuristic_options.h"
#include "al/images/augmentation.h"
#include "al/images/normalisation.h"
#include "al/methods/method_options.h"
#include "core/config.h"

/// What an experiment is; how it is run (output folder, jobs, quiet) is not part of it.
namespace af::al {

enum class OptimizerKind { kAdamW, kSgd };
constexpr auto enum_names(OptimizerKind) {
  return std::array{std::pair{OptimizerKind::kAdamW, "adamw"},
                    std::pair{OptimizerKind::kSgd, "sgd"}};
}

enum class ScheduleKind { kAuto, kOneCycle, kConstant };
constexpr auto enum_names(ScheduleKind) {
  return std::array{std::pair{ScheduleKind::kAuto, "auto"},
                    std::pair{ScheduleKind::kOneCycle, "one-cycle"},
                    std::pair{ScheduleKind::kConstant, "constant"}};
}

enum class Precision { kFloat32, kBfloat16 };
constexpr auto enum_names(Precision) {
  return std::array{std::pair{Precision::kFloat32, "fp32"},
                    std::pair{Precision::kBfloat16, "bf16"}};
}

enum class DropoutKind { kModel, kNone };
constexpr auto enum_names(DropoutKind) {
  return std::array{std::pair{DropoutKind::kModel, "model"}, std::pair{DropoutKind::kNone, "none"}};
}

enum class FreezeKind { kNothing, kFeatures };
constexpr auto enum_names(FreezeKind) {
  return std::array{std::pair{FreezeKind::kNothing, "nothing"},
                    std::pair{FreezeKind::kFeatures, "features"}};
}

/// Empty and "auto" fields have a default that depends on other fields; `resolved` fills them in.
struct ExperimentConfig {
  std::string train;
  std::string test;
  std::optional<std::string> image;
  std::string target = "char";
  std::string group = "color";
  std::string method = "erm";
  std::vector<std::string> heuristics{"bald", "random"};
  std::int64_t seeds = 3;
  std::int64_t first_seed = 0;
  std::int64_t initial = 500;
  std::int64_t query = 100;
  std::int64_t budget = 2000;
  std::optional<std::int64_t> pool_size;
  std::int64_t draws = 20;
  bool consistent_masks = false;
  acquisition::HeuristicOptions acquisition;
  Precision precision = Precision::kFloat32;
  Precision training_precision = Precision::kFloat32;
  std::string model = "small";
  std::optional<std::string> weights;
  DropoutKind dropout = DropoutKind::kModel;
  FreezeKind freeze = FreezeKind::kNothing;
  std::optional<std::int64_t> resize;
  std::optional<std::int64_t> downscale;
  Normalisation normalisation = Normalisation::kPool;
  Augmentation augmentation;
  OptimizerKind optimizer = OptimizerKind::kAdamW;
  std::optional<double> learning_rate;
  ScheduleKind schedule = ScheduleKind::kAuto;
  double weight_decay = 5e-4;
  std::int64_t epochs = 20;
  std::int64_t batch_size = 32;
  methods::MethodOptions training;
  std::string device = "auto";
  bool tf32 = false;
  std::int64_t threads = 1;

  /// @throws ConfigError that names field, value and constraint.
  void validate() const;
};

/// What may stand in `method`, and what it needs to know.
[[nodiscard]] std::string methods_help();
/// What may stand in `heuristics`.
[[nodiscard]] std::string heuristics_help();

template <class Visitor>
void describe(Visitor& visitor, ExperimentConfig& config) {
  visitor.field("train", config.train,
                "the pool: a data set of afgen, any HDF5 file with such columns, or a table of "
                "pictures (CSV, or a folder with a metadata.csv)");
  visitor.field("test", config.test, "for testing; as train");
  visitor.field("image", config.image,
                "column of the images, or of the pictures' paths; x, of a table file_name");
  visitor.field("target", config.target, "categorical column to predict");
  visitor.field("group", config.group, "categorical column whose values are the groups");
  visitor.field("method", config.method, methods_help());
  visitor.field("heuristics", config.heuristics, heuristics_help());
  visitor.field("seeds", config.seeds, "repetitions, each from its own seed, 1 to 10000");
  visitor.field("first_seed", config.first_seed, "seed of the first repetition, at least 0");
  visitor.field("initial", config.initial, "rows labelled at random before the first step");
  visitor.field("query", config.query, "rows labelled in each step, at least 1");
  visitor.field("budget", config.budget, "labelled rows at the last step");
  visitor.field("pool_size", config.pool_size,
                "candidates drawn at random from the rest of the pool in each step; all if absent");
  visitor.field("draws", config.draws, "stochastic forward passes T of MC-Dropout, 1 to 4095");
  visitor.field("consistent_masks", config.consistent_masks,
                "one draw of the dropout masks for the whole pool, as batchbald and epig need");
  visitor.field("coldness", config.acquisition.coldness,
                "beta of powerbald, softmaxbald and softrankbald, above 0; large is greedy");
  visitor.field(
      "joint_configurations", config.acquisition.joint_configurations,
      "label configurations of batchbald: all up to this many, beyond it as many sampled");
  visitor.field("joint_memory_mb", config.acquisition.joint_memory_mb,
                "megabytes of scratch memory for batchbald and epig");
  visitor.field("target_samples", config.acquisition.target_samples,
                "rows of the pool whose labels epig wants to know about");
  visitor.field("precision", config.precision,
                "of the network while scoring and testing; its log-softmax is always fp32");
  visitor.field("model", config.model, "network: resnet18, small or vgg16");
  visitor.field("weights", config.weights,
                "file of weights to start from, safetensors or .pt, its names as torchvision's; "
                "drawn by the seed if absent");
  visitor.field("dropout", config.dropout,
                "where the model has it, or none: one pass for each image, nothing dropped in "
                "training");
  visitor.field("freeze", config.freeze,
                "what keeps its weights in training: nothing, or features, all convolutions; needs "
                "weights");
  visitor.field("resize", config.resize,
                "side in pixels of the squares that images are resampled to at load");
  visitor.field("downscale", config.downscale,
                "edge in pixels of the squares averaged at load; by model: 2 for small, else 1");
  visitor.field(
      "normalisation", config.normalisation,
      "by mean and deviation of each channel: pool (its own), imagenet, or unit (0, 255)");
  visitor.field("flip", config.augmentation.flip, "flip half of the training images sideways");
  visitor.field("shift", config.augmentation.shift,
                "move training images by up to so many pixels each way, 0 to 64");
  visitor.field("optimizer", config.optimizer, "adamw, or sgd with momentum .9");
  visitor.field("learning_rate", config.learning_rate,
                "(peak) learning rate; by optimizer: .003 for adamw, .001 for sgd");
  visitor.field("schedule", config.schedule,
                "of the learning rate; auto: one-cycle for adamw, constant for sgd");
  visitor.field("weight_decay", config.weight_decay, "weight decay, at least 0");
  visitor.field("epochs", config.epochs, "passes over the labelled rows in each step");
  visitor.field("batch_size", config.batch_size, "images in a training batch");
  visitor.field("training_precision", config.training_precision,
                "of the network while training; its weights, losses and updates are always fp32");
  visitor.field("adversary_weight", config.training.adversary_weight,
                "lambda of grad: weight of the adversary's loss, above 0");
  visitor.field("group_dro_step", config.training.group_dro_step,
                "step of group-dro's group weights, above 0");
  visitor.field("jtt_epochs", config.training.jtt_epochs, "epochs of jtt's first network");
  visitor.field("jtt_upweight", config.training.jtt_upweight,
                "times that jtt's second network takes what the first got wrong");
  visitor.field("repair_epochs", config.training.repair.epochs,
                "epochs in which repair learns the rows' weights");
  visitor.field("repair_learning_rate", config.training.repair.learning_rate,
                "of repair's linear model of the class on the group attribute");
  visitor.field("repair_weight_rate", config.training.repair.weight_rate,
                "learning rate of the rows' weights in repair");
  visitor.field("repair_keep", config.training.repair.keep,
                "how repair picks the labelled rows that it trains on, by their weights");
  visitor.field("repair_threshold", config.training.repair.threshold,
                "weight above which threshold keeps a row, in [0, 1)");
  visitor.field("repair_keep_ratio", config.training.repair.keep_ratio,
                "share of the rows that rank, class-rank and uniform keep, in (0, 1]");
  visitor.field("device", config.device, "auto, cpu, cuda or cuda:N");
  visitor.field("tf32", config.tf32,
                "on CUDA: products and convolutions of fp32 round their factors to TF32");
  visitor.field("threads", config.threads, "threads of each experiment; other counts, other bits");
}

/// The configuration with every dependent default filled in and the device named.
/// @throws ConfigError if it does not validate or the device is not there.
[[nodiscard]] ExperimentConfig resolved(ExperimentConfig config);

/// Where a run of this configuration goes if nobody says: "runs/char-by-color-bald-random-train".
[[nodiscard]] std::filesystem::path default_output(const ExperimentConfig& config);

}  // namespace af::al
