#include "audit/predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "audit/confusion.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// One spelling for one class: 1, 1.0 and 1e0 are the same number.
std::string canonical(const std::string& value, bool numeric) {
  return numeric ? fmt::format("{}", *as_number(value)) : value;
}

bool all_numbers(const std::vector<std::string>& values) {
  return std::ranges::all_of(values, [](const auto& v) { return as_number(v).has_value(); });
}

/// Classes of label and prediction, and where each value of either lies among them.
struct Classes {
  std::vector<std::string> names;
  std::vector<std::size_t> of_label;
  std::vector<std::size_t> of_prediction;
};

Classes shared_classes(const Factor& label, const Factor& prediction) {
  const bool numeric = all_numbers(label.values) && all_numbers(prediction.values);
  Classes classes;
  for (const Factor* factor : {&label, &prediction}) {
    for (const std::string& value : factor->values) {
      classes.names.push_back(canonical(value, numeric));
    }
  }
  // A table of 0s alone is still a table of a binary decision.
  const auto binary = [](const std::string& v) { return v == "0" || v == "1"; };
  if (std::ranges::all_of(classes.names, binary)) {
    classes.names.insert(classes.names.end(), {"0", "1"});
  }
  sort_values(classes.names);
  const auto repeated = std::ranges::unique(classes.names);
  classes.names.erase(repeated.begin(), repeated.end());
  const auto place = [&](const std::string& value) {
    const auto found = std::ranges::find(classes.names, canonical(value, numeric));
    return static_cast<std::size_t>(found - classes.names.begin());
  };
  for (const std::string& value : label.values) classes.of_label.push_back(place(value));
  for (const std::string& value : prediction.values) classes.of_prediction.push_back(place(value));
  return classes;
}

/// The first few values, for messages.
std::string some_of(const std::vector<std::string>& values) {
  constexpr std::size_t kShown = 8;
  if (values.size() <= kShown) return listed(values);
  return fmt::format("{} and {} more", fmt::join(values.begin(), values.begin() + kShown, ", "),
                     values.size() - kShown);
}

void check_same_coding(const Factor& label, const Factor& prediction, const Classes& classes) {
  const bool any = std::ranges::any_of(classes.of_prediction, [&](std::size_t code) {
    return std::ranges::find(classes.of_label, code) != classes.of_label.end();
  });
  if (any || classes.names.size() == 2) return;
  throw InputError(
      fmt::format("no value of prediction column '{}' ({}) is a value of label "
                  "column '{}' ({}), expected the same coding in both",
                  prediction.name, some_of(prediction.values), label.name, some_of(label.values)));
}

std::vector<std::size_t> first_factors(std::size_t count) {
  std::vector<std::size_t> kept(count);
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  return kept;
}

/// One confusion a group, and one of all rows at the end.
std::vector<Confusion> confusions(const ContingencyTable& table, const Classes& classes,
                                  std::size_t groups) {
  std::vector<Confusion> all(groups + 1, Confusion(classes.names.size()));
  const std::size_t predictions = classes.of_prediction.size();
  const std::size_t per_group = classes.of_label.size() * predictions;
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    const std::size_t label = classes.of_label[cell % per_group / predictions];
    const std::size_t prediction = classes.of_prediction[cell % predictions];
    all[cell / per_group].add(label, prediction, table.count(cell));
    all[groups].add(label, prediction, table.count(cell));
  }
  return all;
}

template <class Measured>
GroupMetric by_group(std::string name, const std::vector<Confusion>& all, Measured measure) {
  GroupMetric metric{.name = std::move(name), .overall = measure(all.back()), .by_group = {}};
  for (std::size_t g = 0; g + 1 < all.size(); ++g) metric.by_group.push_back(measure(all[g]));
  return metric;
}

void add_class_metrics(MetricFrame& frame, const std::vector<Confusion>& all, std::size_t positive,
                       const std::string& suffix) {
  for (const OutcomeMetric& metric : outcome_metrics()) {
    frame.metrics.push_back(by_group(metric.name + suffix, all, [&](const Confusion& c) {
      return metric.measure(c.against_rest(positive));
    }));
  }
}

/// The worse of two comparisons; undefined if either is.
Estimate worse(const Estimate& a, const Estimate& b, bool larger_is_worse) {
  if (!a.value) return a;
  if (!b.value) return b;
  return (*b.value > *a.value) == larger_is_worse ? b : a;
}

void add_named_disparities(std::vector<Disparity>& to, const MetricFrame& frame,
                           const std::string& suffix) {
  const GroupMetric& selected = *frame.find("selection_rate" + suffix);
  const GroupMetric& tpr = *frame.find("true_positive_rate" + suffix);
  const GroupMetric& fpr = *frame.find("false_positive_rate" + suffix);
  const auto add = [&](const char* name, Estimate estimate) {
    to.push_back({name + suffix, std::move(estimate)});
  };
  add("demographic_parity_difference", difference(frame, selected));
  add("demographic_parity_ratio", ratio(frame, selected));
  add("equalized_odds_difference", worse(difference(frame, tpr), difference(frame, fpr), true));
  add("equalized_odds_ratio", worse(ratio(frame, tpr), ratio(frame, fpr), false));
  add("equal_opportunity_difference", difference(frame, tpr));
  add("equal_opportunity_ratio", ratio(frame, tpr));
}

/// Without a positive class these names mean nothing; they say so instead of being left out.
void add_undefined_disparities(std::vector<Disparity>& to, std::size_t classes) {
  for (const char* name : {"demographic_parity", "equalized_odds", "equal_opportunity"}) {
    for (const char* kind : {"_difference", "_ratio"}) {
      to.push_back(
          {std::string(name) + kind,
           undefined(fmt::format("With {} classes it needs --positive to name one.", classes))});
    }
  }
}

std::optional<std::size_t> positive_class(const std::vector<std::string>& classes,
                                          const std::optional<std::string>& named) {
  if (!named) return classes.size() == 2 ? std::optional<std::size_t>(1) : std::nullopt;
  const auto found =
      std::ranges::find(classes, canonical(*named, all_numbers(classes) && as_number(*named)));
  if (found != classes.end()) return static_cast<std::size_t>(found - classes.begin());
  throw ConfigError(
      fmt::format("option --positive is '{}', expected one of {}", *named, some_of(classes)));
}

}  // namespace

PredictionAudit audit_predictions(const ContingencyTable& table,
                                  const std::optional<std::string>& positive) {
  if (table.total() == 0) throw InputError("there are no rows to audit");
  const std::size_t group_columns = table.factors().size() - 2;
  const Factor& label = table.factors()[group_columns];
  const Factor& prediction = table.factors()[group_columns + 1];
  const Classes classes = shared_classes(label, prediction);
  check_same_coding(label, prediction, classes);
  const std::optional<std::size_t> chosen = positive_class(classes.names, positive);

  PredictionAudit audit{
      .classes = classes.names,
      .positive = {},
      .frame = {.groups = table.marginal(first_factors(group_columns)), .metrics = {}},
      .disparities = {}};
  const auto all = confusions(table, classes, audit.frame.groups.cells());
  for (const ConfusionMetric& metric : confusion_metrics()) {
    audit.frame.metrics.push_back(by_group(metric.name, all, metric.measure));
  }
  if (chosen) {
    audit.positive = classes.names[*chosen];
    add_class_metrics(audit.frame, all, *chosen, "");
    add_named_disparities(audit.disparities, audit.frame, "");
  } else {
    add_undefined_disparities(audit.disparities, classes.names.size());
    for (std::size_t k = 0; k < classes.names.size(); ++k) {
      const std::string suffix = "[" + classes.names[k] + "]";
      add_class_metrics(audit.frame, all, k, suffix);
      add_named_disparities(audit.disparities, audit.frame, suffix);
    }
  }
  std::ranges::move(metric_disparities(audit.frame), std::back_inserter(audit.disparities));
  return audit;
}

}  // namespace af::audit
