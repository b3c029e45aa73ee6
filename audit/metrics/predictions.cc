#include "audit/metrics/predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/metrics/benefit_inequality.h"
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

void check_same_coding(const Factor& label, const Factor& prediction, const Classes& classes) {
  const bool any = std::ranges::any_of(classes.of_prediction, [&](std::size_t code) {
    return std::ranges::find(classes.of_label, code) != classes.of_label.end();
  });
  if (any || classes.names.size() == 2) return;
  throw InputError(fmt::format(
      "no value of prediction column '{}' ({}) is a value of label "
      "column '{}' ({}), expected the same coding in both",
      prediction.name, listed_some(prediction.values), label.name, listed_some(label.values)));
}

std::vector<std::size_t> first_factors(std::size_t count) {
  std::vector<std::size_t> kept(count);
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  return kept;
}

std::vector<CellPlace> places_of(const ContingencyTable& table, const Classes& classes) {
  const std::size_t predictions = classes.of_prediction.size();
  const std::size_t per_group = classes.of_label.size() * predictions;
  std::vector<CellPlace> places;
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    places.push_back({.group = cell / per_group,
                      .label = classes.of_label[cell % per_group / predictions],
                      .prediction = classes.of_prediction[cell % predictions]});
  }
  return places;
}

/// One confusion a group, and one of all rows at the end.
std::vector<Confusion> confusions(const ContingencyTable& table, const PredictionAudit& audit) {
  const std::size_t groups = audit.frame.groups.cells();
  std::vector<Confusion> all(groups + 1, Confusion(audit.classes.size()));
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    const CellPlace& place = audit.places[cell];
    all[place.group].add(place.label, place.prediction, table.rows(cell));
    all[groups].add(place.label, place.prediction, table.rows(cell));
  }
  return all;
}

PredictionMetric mean_prediction(const std::vector<std::string>& classes) {
  std::vector<double> numbers;
  for (const std::string& name : classes) numbers.push_back(*as_number(name));
  const auto value = [numbers](const Confusion& c) {
    double sum = 0;
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      sum += numbers[k] * c.predicted(k).weight;
    }
    return sum / c.rows().weight;  // NaN without rows
  };
  const auto measure = [value](const Confusion& c) -> Measure {
    if (c.rows().rows == 0) return {.estimate = undefined("There are no rows."), .proportion = {}};
    return {.estimate = without_interval(value(c), "none: it has no closed form"),
            .proportion = {}};
  };
  return {.name = "mean_prediction", .measure = measure, .value = value};
}

void add_class_metrics(std::vector<PredictionMetric>& metrics, std::size_t positive,
                       const std::string& suffix) {
  for (const OutcomeMetric& metric : outcome_metrics()) {
    metrics.push_back(
        {.name = metric.name + suffix,
         .measure = [metric, positive](
                        const Confusion& c) { return metric.measure(c.against_rest(positive)); },
         .value = [metric, positive](
                      const Confusion& c) { return metric.value(c.against_rest(positive)); }});
  }
}

GroupMetric by_group(const PredictionMetric& metric, const std::vector<Confusion>& all) {
  GroupMetric result{.name = metric.name, .overall = metric.measure(all.back()), .by_group = {}};
  for (std::size_t g = 0; g + 1 < all.size(); ++g) {
    result.by_group.push_back(metric.measure(all[g]));
  }
  return result;
}

void add_named_definitions(std::vector<DisparityDefinition>& to,
                           const std::vector<PredictionMetric>& metrics,
                           const std::string& suffix_of_class) {
  using Joined = DisparityDefinition::Joined;
  const auto at = [&](const char* name) {
    const auto found = std::ranges::find(metrics, name + suffix_of_class, &PredictionMetric::name);
    return static_cast<std::size_t>(found - metrics.begin());
  };
  const std::size_t selected = at("selection_rate");
  const std::size_t tpr = at("true_positive_rate");
  const std::size_t fpr = at("false_positive_rate");
  const auto add = [&](const char* name, std::vector<std::size_t> of, Joined joined) {
    for (const Contrast contrast : {Contrast::kDifference, Contrast::kRatio}) {
      to.push_back({name + std::string(suffix(contrast)) + suffix_of_class, contrast, of, joined});
    }
  };
  add("demographic_parity", {selected}, Joined::kAlone);
  add("equalized_odds", {tpr, fpr}, Joined::kWorst);
  add("equalized_odds_mean", {tpr, fpr}, Joined::kMean);
  add("equal_opportunity", {tpr}, Joined::kAlone);
  add("predictive_parity", {at("precision")}, Joined::kAlone);
}

/// Without a positive class these names mean nothing; they say so instead of being left out.
void add_undefined_disparities(std::vector<Disparity>& to, std::size_t classes) {
  for (const char* name : {"demographic_parity", "equalized_odds", "equalized_odds_mean",
                           "equal_opportunity", "predictive_parity"}) {
    for (const char* kind : {"_difference", "_ratio"}) {
      to.push_back(
          {std::string(name) + kind,
           undefined(fmt::format("With {} classes it needs --positive to name one.", classes))});
    }
  }
}

void add_between_groups(PredictionAudit& audit, const std::vector<Confusion>& all,
                        std::size_t positive, const std::string& suffix_of_class) {
  const auto add = [&](const char* name, double (*index)(std::span<const Outcomes>)) {
    audit.indices.push_back([positive, index](std::span<const Confusion> confusions) {
      std::vector<Outcomes> groups;
      for (const Confusion& c : confusions) groups.push_back(c.against_rest(positive));
      return index(groups);
    });
    const double value = audit.indices.back()(std::span(all).first(all.size() - 1));
    audit.disparities.push_back(
        {name + suffix_of_class, std::isnan(value)
                                     ? undefined("Every row is a false negative: nobody benefits.")
                                     : without_interval(value, "none: it has no closed form")});
  };
  add("between_group_generalized_entropy_index", between_group_generalized_entropy);
  add("between_group_theil_index", between_group_theil);
}

std::optional<std::size_t> positive_class(const std::vector<std::string>& classes,
                                          const std::optional<std::string>& named) {
  if (!named) return classes.size() == 2 ? std::optional<std::size_t>(1) : std::nullopt;
  const auto found =
      std::ranges::find(classes, canonical(*named, all_numbers(classes) && as_number(*named)));
  if (found != classes.end()) return static_cast<std::size_t>(found - classes.begin());
  throw ConfigError(
      fmt::format("option --positive is '{}', expected one of {}", *named, listed_some(classes)));
}

/// The metrics and comparisons of one class against the rest.
void add_class(PredictionAudit& audit, std::size_t positive, const std::string& suffix_of_class) {
  add_class_metrics(audit.metrics, positive, suffix_of_class);
  add_named_definitions(audit.definitions, audit.metrics, suffix_of_class);
}

void define(PredictionAudit& audit, const std::optional<std::size_t>& chosen) {
  for (const ConfusionMetric& metric : confusion_metrics(audit.classes.size())) {
    audit.metrics.push_back(
        {.name = metric.name, .measure = metric.measure, .value = metric.value});
  }
  if (all_numbers(audit.classes)) audit.metrics.push_back(mean_prediction(audit.classes));
  if (chosen) return add_class(audit, *chosen, "");
  for (std::size_t k = 0; k < audit.classes.size(); ++k) {
    add_class(audit, k, "[" + audit.classes[k] + "]");
  }
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

  PredictionAudit audit;
  audit.classes = classes.names;
  audit.frame.groups = table.marginal(first_factors(group_columns));
  audit.places = places_of(table, classes);
  if (chosen) audit.positive = classes.names[*chosen];
  define(audit, chosen);
  const auto all = confusions(table, audit);
  for (const PredictionMetric& metric : audit.metrics) {
    audit.frame.metrics.push_back(by_group(metric, all));
  }
  std::ranges::move(contrast_definitions(audit.frame), std::back_inserter(audit.definitions));
  for (const DisparityDefinition& definition : audit.definitions) {
    audit.disparities.push_back(evaluate(definition, audit.frame));
  }
  if (!chosen) add_undefined_disparities(audit.disparities, classes.names.size());
  for (std::size_t k = 0; k < classes.names.size(); ++k) {
    if (chosen && k != *chosen) continue;
    add_between_groups(audit, all, k, chosen ? "" : "[" + classes.names[k] + "]");
  }
  return audit;
}

std::vector<bool> positive_labels(const ContingencyTable& table, const PredictionAudit& audit) {
  const std::size_t columns = table.factors().size();
  const std::size_t predictions = table.factors()[columns - 1].values.size();
  const auto found = std::ranges::find(audit.classes, *audit.positive);
  const auto positive = static_cast<std::size_t>(found - audit.classes.begin());
  std::vector<bool> result;
  for (std::size_t label = 0; label < table.factors()[columns - 2].values.size(); ++label) {
    result.push_back(audit.places[label * predictions].label == positive);
  }
  return result;
}

}  // namespace af::audit
