#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "al/device/device.h"
#include "core/errors.h"

namespace af::test {

/// The devices that a test runs on: the CPU, and CUDA where there is one.
inline std::vector<std::string> devices() {
  std::vector<std::string> names{"cpu"};
  if (const std::string best = al::resolved_device_name("auto"); best != "cpu") {
    names.push_back(best);
  }
  return names;
}

/// Its cases get the device's name from GetParam().
class OnEachDevice : public testing::TestWithParam<std::string> {};

/// "cuda:0" as a name that a test may have.
inline std::string device_label(const testing::TestParamInfo<std::string>& info) {
  return info.param.substr(0, info.param.find(':'));
}

}  // namespace af::test
