#include "synth/split_assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "core/errors.h"
#include "core/random.h"
#include "core/text.h"
#include "synth/distribution_text.h"

namespace af::synth {
namespace {

using Kind = SplitRule::Kind;
using Op = SplitTerm::Op;

[[noreturn]] void refuse(const std::string& complaint) { throw ConfigError("split: " + complaint); }

Interval interval_of(const SplitTerm& term) {
  const auto value = notation::number(term.value);
  if (!value) {
    refuse(fmt::format("{} is '{}', but it is a number", term.factor, term.value));
  }
  Interval interval;
  switch (term.op) {
    case Op::kLess: interval.high_open = true; [[fallthrough]];
    case Op::kLessEqual: interval.high = *value; return interval;
    case Op::kGreater: interval.low_open = true; [[fallthrough]];
    case Op::kGreaterEqual: interval.low = *value; return interval;
    case Op::kEqual: interval.low = interval.high = *value; return interval;
    case Op::kNotEqual: break;
  }
  refuse(fmt::format("{} is a number; expected <, <=, =, >= or >", term.factor));
}

std::vector<bool> levels_of(const SplitTerm& term, const SplitFactor& factor) {
  const auto found = std::ranges::find(factor.levels, term.value);
  if (found == factor.levels.end()) {
    refuse(fmt::format("{} has no level '{}'{}; expected {}", factor.name, term.value,
                       did_you_mean(term.value, factor.levels), listed_some(factor.levels)));
  }
  if (term.op != Op::kEqual && term.op != Op::kNotEqual) {
    refuse(fmt::format("{} has names for levels; expected = or !=", factor.name));
  }
  std::vector<bool> levels(factor.levels.size(), term.op == Op::kNotEqual);
  levels[static_cast<std::size_t>(found - factor.levels.begin())] = term.op == Op::kEqual;
  return levels;
}

/// How many of so many levels each share gets: as its share says, but at least one.
std::vector<std::uint64_t> dealt_counts(const std::vector<double>& shares, std::size_t levels) {
  std::vector<std::uint64_t> counts = largest_remainder(shares, levels);
  for (std::uint64_t& count : counts) {
    if (count > 0) continue;
    --*std::ranges::max_element(counts);
    ++count;
  }
  return counts;
}

}  // namespace

SplitAssignment::SplitAssignment(const DatasetConfig& config)
    : rule_(config.split),
      seed_(static_cast<std::uint64_t>(config.seed)),
      joint_(config.joint()),
      factors_(split_factors(config, joint_)) {
  for (std::size_t s = 0; s < kSplits; ++s) {
    if (rule_.shares()[s] > 0.0) dealt_.push_back(static_cast<Split>(s));
  }
  if (rule_.kind() == Kind::kBy) {
    for (const std::string& name : rule_.factors()) parts_.push_back(deal(name));
  } else if (rule_.kind() == Kind::kWhere) {
    read_conditions();
  } else if (config.draws == Draws::kQuota) {
    const auto rows = static_cast<std::uint64_t>(config.n);
    order_.emplace(seed_, Purpose::kSplitOrder, rows);
    const auto counts = largest_remainder({rule_.shares().begin(), rule_.shares().end()}, rows);
    std::partial_sum(counts.begin(), counts.end(), ends_.begin());
  }
}

std::size_t SplitAssignment::factor(const std::string& name) const {
  const auto found = std::ranges::find(factors_, name, &SplitFactor::name);
  if (found != factors_.end()) return static_cast<std::size_t>(found - factors_.begin());
  std::vector<std::string> names;
  for (const SplitFactor& factor : factors_) names.push_back(factor.name);
  refuse(fmt::format("there is no factor '{}'{}; expected {}", name, did_you_mean(name, names),
                     listed(names)));
}

void SplitAssignment::add_term(const SplitTerm& term, Restrictions& all) const {
  const std::size_t which = factor(term.factor);
  const SplitFactor& factor = factors_[which];
  auto found = std::ranges::find(all, which, &Restriction::factor);
  if (found == all.end()) {
    all.push_back({which, std::vector<bool>(factor.levels.size(), true), {}});
    found = all.end() - 1;
  }
  if (factor.is_number()) {
    found->numbers = found->numbers.intersected(interval_of(term));
    return;
  }
  const std::vector<bool> levels = levels_of(term, factor);
  for (std::size_t k = 0; k < levels.size(); ++k) found->levels[k] = found->levels[k] && levels[k];
}

bool SplitAssignment::can_hold(const Restrictions& all) const {
  for (const Restriction& restriction : all) {
    const SplitFactor& factor = factors_[restriction.factor];
    if (factor.is_number()) {
      if (!factor.can_be(restriction.numbers)) return false;
      continue;
    }
    bool any = false;
    for (std::size_t k = 0; k < factor.levels.size(); ++k) {
      any = any || (restriction.levels[k] && factor.possible[k]);
    }
    if (!any) return false;
  }
  return tied_can_hold(all);
}

/// Whether a cell of the joint table that can come up meets the restrictions of its factors.
bool SplitAssignment::tied_can_hold(const Restrictions& all) const {
  // What each level of a tied factor is among the split factor's.
  std::vector<std::pair<std::size_t, std::vector<bool>>> allowed;
  for (const Restriction& restriction : all) {
    const SplitFactor& factor = factors_[restriction.factor];
    const std::size_t tied = joint_.position(factor.name);
    if (tied == joint_.factors.size()) continue;
    std::vector<bool> levels;
    for (const std::string& name : joint_.factors[tied].levels) {
      const auto at = std::ranges::find(factor.levels, name) - factor.levels.begin();
      levels.push_back(restriction.levels[static_cast<std::size_t>(at)]);
    }
    allowed.emplace_back(tied, std::move(levels));
  }
  if (allowed.size() < 2) return true;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    if (cells_[cell] <= 0.0) continue;
    const Levels levels = joint_.levels_of(cell);
    if (std::ranges::all_of(allowed, [&](const auto& a) { return a.second[levels[a.first]]; })) {
      return true;
    }
  }
  return false;
}

void SplitAssignment::read_conditions() {
  cells_ = joint_.joint();
  for (std::size_t s = 0; s < kSplits; ++s) {
    for (const SplitConjunction& terms : rule_.conditions()[s]) {
      Restrictions& all = conditions_[s].emplace_back();
      for (const SplitTerm& term : terms) add_term(term, all);
      if (can_hold(all)) continue;
      refuse(fmt::format("no image can be for {} by '{}'; expected a condition that some meet",
                         to_text(static_cast<Split>(s)), text_of(terms)));
    }
  }
  refuse_overlaps();
}

void SplitAssignment::refuse_overlaps() const {
  for (std::size_t s = 0; s < kSplits; ++s) {
    for (std::size_t t = s + 1; t < kSplits; ++t) {
      for (std::size_t a = 0; a < conditions_[s].size(); ++a) {
        for (std::size_t b = 0; b < conditions_[t].size(); ++b) {
          Restrictions both = conditions_[s][a];
          const SplitConjunction& terms = rule_.conditions()[t][b];
          for (const SplitTerm& term : terms) add_term(term, both);
          if (!can_hold(both)) continue;
          refuse(
              fmt::format("an image may be for {} by '{}' and for {} by '{}'; expected "
                          "conditions that exclude each other",
                          to_text(static_cast<Split>(s)), text_of(rule_.conditions()[s][a]),
                          to_text(static_cast<Split>(t)), text_of(terms)));
        }
      }
    }
  }
}

SplitAssignment::Parts SplitAssignment::deal(const std::string& name) const {
  const std::size_t which = factor(name);
  return factors_[which].is_number() ? cut_range(which) : deal_levels(which);
}

SplitAssignment::Parts SplitAssignment::deal_levels(std::size_t which) const {
  const SplitFactor& factor = factors_[which];
  std::vector<std::size_t> possible;
  for (std::size_t k = 0; k < factor.levels.size(); ++k) {
    if (factor.possible[k]) possible.push_back(k);
  }
  if (possible.size() < dealt_.size()) {
    refuse(fmt::format("{} has {} levels for {} splits; expected as many at least", factor.name,
                       possible.size(), dealt_.size()));
  }
  Stream stream(seed_, Purpose::kSplitLevels, which);
  shuffle(std::span(possible), stream);
  std::vector<double> shares;
  for (const Split split : dealt_)
    shares.push_back(rule_.shares()[static_cast<std::size_t>(split)]);
  const std::vector<std::uint64_t> counts = dealt_counts(shares, possible.size());
  Parts parts{which, std::vector<std::uint8_t>(factor.levels.size(), 0), {}};
  std::size_t next = 0;
  for (std::size_t p = 0; p < counts.size(); ++p) {
    for (std::uint64_t i = 0; i < counts[p]; ++i) {
      parts.of_level[possible[next++]] = static_cast<std::uint8_t>(p);
    }
  }
  return parts;
}

SplitAssignment::Parts SplitAssignment::cut_range(std::size_t which) const {
  const SplitFactor& factor = factors_[which];
  Parts parts{which, {}, {}};
  double passed = 0.0;
  Interval part;
  for (std::size_t p = 0; p < dealt_.size(); ++p) {
    part.high = std::numeric_limits<double>::infinity();
    if (p + 1 < dealt_.size()) {
      passed += rule_.shares()[static_cast<std::size_t>(dealt_[p])];
      part.high = factor.values.quantile(passed);
      parts.ends.push_back(part.high);
    }
    part.high_open = true;
    if (!factor.can_be(part)) {
      refuse(fmt::format("{} is {}, whose range leaves {} without images; expected one to cut",
                         factor.name, factor.values.text(), to_text(dealt_[p])));
    }
    part.low = part.high;
  }
  return parts;
}

bool SplitAssignment::holds(const Restrictions& all, const Row& row) const {
  return std::ranges::all_of(all, [&](const Restriction& restriction) {
    const SplitFactor& factor = factors_[restriction.factor];
    const double value = factor.at(row);
    return factor.is_number() ? restriction.numbers.contains(value)
                              : restriction.levels.at(static_cast<std::size_t>(value));
  });
}

std::size_t SplitAssignment::part(const Parts& parts, const Row& row) const {
  const double value = factors_[parts.factor].at(row);
  if (!parts.of_level.empty()) return parts.of_level.at(static_cast<std::size_t>(value));
  return static_cast<std::size_t>(std::ranges::upper_bound(parts.ends, value) - parts.ends.begin());
}

Split SplitAssignment::by_share(std::uint64_t index) const {
  if (order_) {
    const auto end = std::ranges::upper_bound(ends_, (*order_)(index));
    return static_cast<Split>(end - ends_.begin());
  }
  const double u = Stream(seed_, Purpose::kSplit, index).uniform();
  const auto& shares = rule_.shares();
  if (u < shares[0]) return Split::kTrain;
  return u < shares[0] + shares[1] || shares[2] == 0.0 ? Split::kVal : Split::kTest;
}

Split SplitAssignment::operator()(const Row& row) const {
  if (rule_.kind() == Kind::kBy) {
    std::size_t at = part(parts_[0], row);
    if (parts_.size() > 1) at += dealt_.size() - part(parts_[1], row);
    return dealt_[at % dealt_.size()];
  }
  for (std::size_t s = 0; s < kSplits; ++s) {
    for (const Restrictions& all : conditions_[s]) {
      if (holds(all, row)) return static_cast<Split>(s);
    }
  }
  return by_share(static_cast<std::uint64_t>(row.index));
}

bool SplitAssignment::asks_for(Split split) const {
  const auto s = static_cast<std::size_t>(split);
  return rule_.shares()[s] > 0.0 || !rule_.conditions()[s].empty();
}

}  // namespace af::synth
