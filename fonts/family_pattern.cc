#include "fonts/family_pattern.h"

#include <fnmatch.h>

namespace af::fonts {

bool is_pattern(const std::string& text) { return text.find_first_of("*?[") != std::string::npos; }

bool matches(const std::string& pattern, const std::string& family) {
  return ::fnmatch(pattern.c_str(), family.c_str(), FNM_CASEFOLD) == 0;
}

}  // namespace af::fonts
