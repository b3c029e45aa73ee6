#include "al/inference/fitting_batches.h"

#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "core/errors.h"

namespace af::al {

std::int64_t halved_batch(std::int64_t batch, const std::string& what) {
  if (batch <= 1) {
    throw Error(ExitCode::kUsage,
                fmt::format("not enough memory on the device for {} even one by one, expected a "
                            "smaller model, smaller images or another --device",
                            what));
  }
  const std::int64_t half = (batch + 1) / 2;
  fmt::print(stderr,
             "afal: not enough memory on the device for {} in batches of {}; going on in "
             "batches of {}\n",
             what, batch, half);
  return half;
}

void in_fitting_batches(std::int64_t count, std::int64_t batch, const std::string& what,
                        const std::function<void(std::int64_t first, std::int64_t size)>& work) {
  std::int64_t first = 0;
  while (first < count) {
    const std::int64_t size = std::min(batch, count - first);
    bool fits = true;
    try {
      work(first, size);
    } catch (const c10::OutOfMemoryError&) {
      fits = false;  // Tried again outside: the exception holds on to memory.
    }
    if (fits) {
      first += size;
    } else {
      batch = halved_batch(size, what);
    }
  }
}

}  // namespace af::al
