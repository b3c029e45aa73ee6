#include "al/device/repeated_work.h"

namespace af::al {
namespace {

/// In its first calls a library prepares itself (workspaces, choice of algorithms), which must not
/// be part of a recording.
constexpr int kPreparingCalls = 2;

}  // namespace

void RepeatedWork::operator()() {
  ++calls_;
  if (recording_ && !recorded_ && calls_ > kPreparingCalls) {
    recorded_ = recording_->record(work_);
    if (!recorded_) recording_.reset();
  }
  if (recorded_) {
    recording_->replay();
  } else {
    work_();
  }
}

}  // namespace af::al
