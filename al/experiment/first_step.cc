#include "al/experiment/first_step.h"

#include "al/device/transfer.h"

namespace af::al {

TrainedStep FirstStep::take(ParameterStore& net, const std::function<TrainedStep()>& work) {
  const std::scoped_lock lock(mutex_);
  --waiting_;
  if (failed_) std::rethrow_exception(failed_);
  if (done_) {
    net.restore(weights_);
  } else {
    try {
      done_ = work();
    } catch (...) {
      failed_ = std::current_exception();
      throw;
    }
    if (waiting_ > 0) weights_ = net.snapshot();
  }
  wait_for(net.device());  // Another thread's stream reads the copies, or they go.
  TrainedStep step = *done_;
  if (waiting_ == 0) {
    done_.reset();
    weights_.clear();
  }
  return step;
}

}  // namespace af::al
