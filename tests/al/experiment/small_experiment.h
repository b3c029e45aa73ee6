#pragma once

#include <filesystem>
#include <string>

#include "al/experiment/experiment.h"
#include "tests/al/devices.h"
#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"

namespace af::test {

/// On each device: two heuristics, two seeds, four steps on 120 images.
class SmallExperiment : public OnEachDevice {
 protected:
  SmallExperiment() {
    write_synthetic(folder_ / "train.h5", {.rows = 120, .seed = 1});
    write_synthetic(folder_ / "test.h5", {.rows = 60, .p = .5, .seed = 2});
    config_ = {.train = folder_ / "train.h5",
               .test = folder_ / "test.h5",
               .seeds = 2,
               .initial = 40,
               .query = 15,
               .budget = 80,
               .draws = 4,
               .epochs = 2,
               .device = GetParam()};
    config_.training.repair.weight_rate = .1;  // The published 10 is for more rows.
  }
  std::filesystem::path run(const std::string& name, int jobs = 1) {
    al::RunControl control{.output = folder_ / name, .jobs = jobs, .quiet = true};
    outcome_ = al::run_experiment(config_, control);
    return control.output;
  }

  TempDir folder_;
  al::ExperimentConfig config_;
  al::ExperimentOutcome outcome_;
};

}  // namespace af::test
