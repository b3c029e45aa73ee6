#include "al/acquisition/registry.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <type_traits>

#include "al/acquisition/badge.h"
#include "al/acquisition/bal_ent_acq.h"
#include "al/acquisition/balanced_oracle.h"
#include "al/acquisition/bald.h"
#include "al/acquisition/batch_bald.h"
#include "al/acquisition/core_set.h"
#include "al/acquisition/entropy.h"
#include "al/acquisition/epig.h"
#include "al/acquisition/least_confidence.h"
#include "al/acquisition/margin.h"
#include "al/acquisition/random.h"
#include "al/acquisition/stochastic_bald.h"
#include "al/acquisition/variation_ratio.h"

namespace af::al::acquisition {
namespace {

struct Entry {
  const char* name;
  Needs needs;
  AnyHeuristic (*make)(const HeuristicOptions&);
};

template <class T>
AnyHeuristic make(const HeuristicOptions& options) {
  using Base = std::conditional_t<std::is_base_of_v<Oracle, T>, Oracle, Heuristic>;
  if constexpr (std::is_constructible_v<T, const HeuristicOptions&>) {
    return std::unique_ptr<Base>(std::make_unique<T>(options));
  } else {
    return std::unique_ptr<Base>(std::make_unique<T>());
  }
}

template <class T>
constexpr Entry entry(const char* name) {
  static_assert(T::kNeeds.truth == std::is_base_of_v<Oracle, T>);
  return {name, T::kNeeds, make<T>};
}

constexpr std::array kHeuristics{entry<Badge>("badge"),
                                 entry<BalEntAcq>("balentacq"),
                                 entry<Bald>("bald"),
                                 entry<BatchBald>("batchbald"),
                                 entry<CoreSet>("coreset"),
                                 entry<Entropy>("entropy"),
                                 entry<Epig>("epig"),
                                 entry<LeastConfidence>("least-confidence"),
                                 entry<Margin>("margin"),
                                 entry<CellBalancedOracle>("oracle-cell"),
                                 entry<GroupBalancedOracle>("oracle-group"),
                                 entry<PowerBald>("powerbald"),
                                 entry<Random>("random"),
                                 entry<SoftmaxBald>("softmaxbald"),
                                 entry<SoftRankBald>("softrankbald"),
                                 entry<VariationRatio>("variation-ratio")};

const Entry& entry_of(const std::string& name) {
  const auto found = std::ranges::find(kHeuristics, name, &Entry::name);
  if (found == kHeuristics.end()) throw std::logic_error("no heuristic of that name: " + name);
  return *found;
}

}  // namespace

std::vector<std::string> heuristic_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kHeuristics) names.emplace_back(entry.name);
  return names;
}

Needs needs_of(const std::string& name) { return entry_of(name).needs; }

AnyHeuristic make_heuristic(const std::string& name, const HeuristicOptions& options) {
  return entry_of(name).make(options);
}

}  // namespace af::al::acquisition
