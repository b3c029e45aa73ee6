#include "al/acquisition/registry.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "al/acquisition/bald.h"
#include "al/acquisition/random.h"

namespace af::al::acquisition {
namespace {

struct Entry {
  const char* name;
  std::unique_ptr<Heuristic> (*make)();
};

template <class T>
std::unique_ptr<Heuristic> make() {
  return std::make_unique<T>();
}

constexpr std::array kHeuristics{Entry{"bald", make<Bald>}, Entry{"random", make<Random>}};

}  // namespace

std::vector<std::string> heuristic_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kHeuristics) names.emplace_back(entry.name);
  return names;
}

std::unique_ptr<Heuristic> make_heuristic(const std::string& name) {
  const auto found = std::ranges::find(kHeuristics, name, &Entry::name);
  if (found == kHeuristics.end()) throw std::logic_error("no heuristic of that name: " + name);
  return found->make();
}

}  // namespace af::al::acquisition
