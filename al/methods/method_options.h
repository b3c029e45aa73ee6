#pragma once

#include <cstdint>

namespace af::al::methods {

/// What can be set about training methods; each looks at its own.
struct MethodOptions {
  double group_dro_step = .01;     ///< eta_q of GroupDRO, above 0.
  std::int64_t jtt_epochs = 2;     ///< Of the first network of JTT, at least 1.
  std::int64_t jtt_upweight = 20;  ///< lambda_up of JTT, at least 1.
};

}  // namespace af::al::methods
