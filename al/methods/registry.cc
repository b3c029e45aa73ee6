#include "al/methods/registry.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace af::al::methods {
namespace {

struct Entry {
  const char* name;
  bool needs_attribute;
};

constexpr std::array kMethods{Entry{"erm", false},       Entry{"grad", true},
                              Entry{"group-dro", true},  Entry{"jtt", false},
                              Entry{"repair", true},     Entry{"resampling", true},
                              Entry{"reweighting", true}};

}  // namespace

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kMethods) names.emplace_back(entry.name);
  return names;
}

bool needs_attribute(const std::string& name) {
  const auto found = std::ranges::find(kMethods, name, &Entry::name);
  if (found == kMethods.end()) throw std::logic_error("no training method of that name: " + name);
  return found->needs_attribute;
}

bool needs_adversary(const std::string& name) { return name == "grad"; }

bool picks_rows(const std::string& name) { return name == "repair"; }

}  // namespace af::al::methods
