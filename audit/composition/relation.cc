#include "audit/composition/relation.h"

#include <numeric>

#include "audit/statistics/divergence.h"
#include "audit/statistics/independence.h"
#include "audit/statistics/multiple_testing.h"

namespace af::audit {
namespace {

void test(Relation& relation) {
  const TwoWayTable& table = relation.table;
  relation.tests = {chi_square_test(table), g_test(table), fisher_test(table)};
  relation.smallest_expected = smallest_expected(table.without_empty());
  relation.corrected_cramers_v = corrected_cramers_v(table);
}

void say_untestable(Relation& relation) {
  for (const char* const name : {"chi_square", "g", "fisher"}) {
    relation.tests.push_back({.test = name, .reason = kNoTestOfWeights});
  }
  relation.corrected_cramers_v = undefined(kNoTestOfWeights);
}

Relation relate(const ContingencyTable& cells, std::vector<std::size_t> groups) {
  Relation relation{.groups = std::move(groups)};
  relation.table = two_way(cells, 0, relation.groups);
  const TwoWayTable& table = relation.table;
  cells.weighted() ? say_untestable(relation) : test(relation);
  relation.cramers_v = cramers_v(table);
  relation.mutual_information = mutual_information(table);
  relation.class_entropy = entropy(table.row_sums());
  relation.group_entropy = entropy(table.column_sums());
  return relation;
}

}  // namespace

std::vector<Relation> relations_of(const ContingencyTable& cells) {
  std::vector<std::size_t> groups(cells.factors().size() - 1);
  std::iota(groups.begin(), groups.end(), std::size_t{1});
  std::vector<Relation> relations;
  for (const std::size_t group : groups) relations.push_back(relate(cells, {group}));
  if (groups.size() > 1) relations.push_back(relate(cells, groups));
  std::vector<TestResult*> family;
  for (Relation& relation : relations) {
    for (TestResult& test : relation.tests) family.push_back(&test);
  }
  adjust_by_holm(family);
  return relations;
}

}  // namespace af::audit
