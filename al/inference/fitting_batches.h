#pragma once

#include <cstdint>
#include <functional>
#include <string>

/// What becomes of a batch that the device's memory does not hold: it is halved, which is said on
/// stderr, and tried again.
namespace af::al {

/// Half of the batch, rounded up, after a line on stderr.
/// @param what  The work, as in "not enough memory for WHAT".
/// @throws Error (exit 2) if the batch was one row already.
[[nodiscard]] std::int64_t halved_batch(std::int64_t batch, const std::string& what);

/// Calls work(first, size) for rows 0 to `count`, at most `batch` at once. Where it throws
/// c10::OutOfMemoryError its rows are tried again in smaller batches; so are all rows after them.
/// @throws Error (exit 2) if one row alone does not fit.
void in_fitting_batches(std::int64_t count, std::int64_t batch, const std::string& what,
                        const std::function<void(std::int64_t first, std::int64_t size)>& work);

}  // namespace af::al
