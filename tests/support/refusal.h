#pragma once

#include <string>

#include "core/errors.h"

namespace af::test {

/// The sentence with which a call is refused; "not refused" if it is not. Errors of another kind
/// go on, and end the test.
template <class E = Error, class Call>
[[nodiscard]] std::string refusal(Call&& call) {
  try {
    static_cast<void>(call());
  } catch (const E& error) {
    return error.what();
  }
  return "not refused";
}

}  // namespace af::test
