#include "tests/audit/statistics/bootstrap_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "audit/metrics/count_bootstrap.h"
#include "audit/metrics/predictions.h"
#include "audit/metrics/score_bootstrap.h"
#include "audit/metrics/score_metrics.h"
#include "audit/statistics/binomial.h"
#include "core/random.h"

namespace af::test {
namespace {

using audit::ContingencyTable;
using audit::Estimate;

constexpr std::size_t kGroups = 2;
constexpr std::uint64_t kSeed = 20'260'127;

/// The simulated experiment i as a stream, and the bootstrap's seed for it.
Stream stream_of(std::uint64_t experiment) { return {kSeed, Purpose::kTest, experiment}; }

ContingencyTable empty_table(std::size_t classes) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < classes; ++k) names.push_back(fmt::format("{}", k));
  return ContingencyTable({{.name = "group", .values = {"a", "b"}},
                           {.name = "label", .values = names},
                           {.name = "prediction", .values = names}});
}

/// [groups, classes, classes] In whole parts of about 10^12, which stand for probabilities.
std::vector<std::uint64_t> expected_counts(const CoverageCase& which) {
  constexpr double kWhole = 1e12;
  const auto others = static_cast<double>(which.classes - 1);
  std::vector<std::uint64_t> counts;
  for (const double right : {0.8, 0.7}) {
    for (std::size_t label = 0; label < which.classes; ++label) {
      const double share = label + 1 == which.classes ? which.p : (1 - which.p) / others;
      for (std::size_t prediction = 0; prediction < which.classes; ++prediction) {
        const double chance = prediction == label ? right : (1 - right) / others;
        counts.push_back(static_cast<std::uint64_t>(
            std::llround(kWhole / static_cast<double>(kGroups) * share * chance)));
      }
    }
  }
  return counts;
}

ContingencyTable table_of(std::size_t classes, const std::vector<std::uint64_t>& counts) {
  ContingencyTable table = empty_table(classes);
  for (std::size_t cell = 0; cell < counts.size(); ++cell) table.add(cell, counts[cell]);
  return table;
}

/// Multinomial, cell after cell.
std::vector<std::uint64_t> draw(const std::vector<std::uint64_t>& weights, std::uint64_t rows,
                                Stream& stream) {
  double left = 0;
  for (const std::uint64_t weight : weights) left += static_cast<double>(weight);
  std::vector<std::uint64_t> counts;
  for (const std::uint64_t weight : weights) {
    const double p = left > 0 ? std::min(1.0, static_cast<double>(weight) / left) : 0.0;
    counts.push_back(audit::binomial(rows, p, stream));
    rows -= counts.back();
    left -= static_cast<double>(weight);
  }
  counts.back() += rows;
  return counts;
}

/// Where a figure lies in an audit: a metric of all rows, or a disparity.
struct Place {
  std::size_t at = 0;
  bool disparity = false;
};

Place place_of(const audit::PredictionAudit& audit, const std::string& figure) {
  for (std::size_t m = 0; m < audit.frame.metrics.size(); ++m) {
    if (audit.frame.metrics[m].name == figure) return {.at = m};
  }
  for (std::size_t d = 0; d < audit.definitions.size(); ++d) {
    if (audit.disparities[d].name == figure) return {.at = d, .disparity = true};
  }
  throw std::out_of_range("no figure " + figure);
}

Estimate& estimate_at(audit::PredictionAudit& audit, const Place& place) {
  return place.disparity ? audit.disparities[place.at].estimate
                         : audit.frame.metrics[place.at].overall.estimate;
}

/// What the bootstrap need not look at, since nobody asks.
void call_all_exact_but(audit::PredictionAudit& audit, const std::vector<Place>& places) {
  std::vector<bool> before;
  for (const Place& place : places) before.push_back(estimate_at(audit, place).exact);
  for (audit::GroupMetric& metric : audit.frame.metrics) {
    metric.overall.estimate.exact = true;
    for (audit::Measure& measure : metric.by_group) measure.estimate.exact = true;
  }
  for (audit::Disparity& disparity : audit.disparities) disparity.estimate.exact = true;
  for (std::size_t i = 0; i < places.size(); ++i) estimate_at(audit, places[i]).exact = before[i];
}

void count(Coverage& coverage, const Estimate& estimate, double truth) {
  ++coverage.experiments;
  if (!estimate.low) return;
  ++coverage.with_interval;
  // At the ends of a figure's range rounding must not decide.
  constexpr double kRounding = 1e-9;
  if (truth < *estimate.low - kRounding || truth > *estimate.high + kRounding) ++coverage.missed;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Coverage::covered() const { return 1 - share(missed, with_interval); }
double Coverage::has_interval() const { return share(with_interval, experiments); }
double Coverage::misses() const { return share(missed, experiments); }

std::vector<Coverage> prediction_coverage(const CoverageCase& which,
                                          const std::vector<std::string>& figures) {
  const std::vector<std::uint64_t> expected = expected_counts(which);
  const audit::PredictionAudit truth = audit_predictions(table_of(which.classes, expected), {});
  const std::vector<double> true_values = bare_values(truth.frame);
  std::vector<Coverage> found;
  std::vector<Place> places;
  for (const std::string& figure : figures) {
    found.push_back({.figure = figure});
    places.push_back(place_of(truth, figure));
  }
  for (std::uint64_t i = which.first; i < which.first + which.experiments; ++i) {
    Stream stream = stream_of(i);
    const ContingencyTable table = table_of(which.classes, draw(expected, which.rows, stream));
    audit::PredictionAudit sample = audit_predictions(table, {});
    call_all_exact_but(sample, places);
    add_bootstrap_intervals(sample, table, {.seed = i, .replicates = which.replicates});
    const std::vector<double> values = bare_values(sample.frame);
    for (std::size_t f = 0; f < figures.size(); ++f) {
      const std::size_t at = places[f].at;
      const Estimate& estimate = estimate_at(sample, places[f]);
      double true_value = std::numeric_limits<double>::quiet_NaN();
      if (!places[f].disparity) {
        true_value = true_values[at * (kGroups + 1) + kGroups];
      } else if (estimate.value) {
        const audit::FixedDisparity fixed(sample.definitions[at], values, kGroups);
        true_value = fixed.value(true_values);
      }
      count(found[f], estimate, true_value);
    }
  }
  return found;
}

std::vector<Coverage> score_coverage(const CoverageCase& which) {
  std::vector<Coverage> found{{.figure = "log_loss"},
                              {.figure = "roc_auc"},
                              {.figure = "mean_score"},
                              {.figure = "roc_auc_difference"}};
  for (std::uint64_t i = which.first; i < which.first + which.experiments; ++i) {
    Stream stream = stream_of(i);
    ContingencyTable groups({{.name = "group", .values = {"a", "b"}}});
    std::vector<audit::ScoredRow> rows;
    for (std::uint64_t row = 0; row < which.rows; ++row) {
      const bool positive = stream.uniform() < which.p;
      const double near_one = std::sqrt(1 - stream.uniform());
      rows.push_back({.score = positive ? near_one : 1 - near_one,
                      .group = stream.below(kGroups),
                      .positive = positive});
      groups.add(rows.back().group);
    }
    const audit::ScoredRows scored(rows, kGroups);
    audit::ScoreAudit sample = audit_scores(scored, groups);
    add_bootstrap_intervals(sample, scored, {.seed = i, .replicates = which.replicates});
    const std::vector<double> truths{0.5, 5.0 / 6, (1 + which.p) / 3, 0};
    for (std::size_t f = 0; f + 1 < found.size(); ++f) {
      count(found[f], sample.frame.find(found[f].figure)->overall.estimate, truths[f]);
    }
    const auto difference =
        std::ranges::find(sample.disparities, found.back().figure, &audit::Disparity::name);
    count(found.back(), difference->estimate, truths.back());
  }
  return found;
}

}  // namespace af::test
