#include "audit/gates/gate_policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/config_toml.h"
#include "core/errors.h"

namespace af::audit {
namespace {

/// What one [[gate]] of a policy file says.
struct GateEntry {
  std::string name;
  std::string fail_if;
  std::uint64_t min_group = 0;
  std::string because;
};

template <class Visitor>
void describe(Visitor& visitor, GateEntry& entry) {
  visitor.field("name", entry.name, "of the gate");
  visitor.field("fail_if", entry.fail_if, "condition that must not hold");
  visitor.field("min_group", entry.min_group, "rows that a group needs to decide");
  visitor.field("because", entry.because, "what the gate is there for");
}

Gate gate_of(const GateEntry& entry, const std::string& source) {
  return {.name = entry.name,
          .text = entry.fail_if,
          .condition = parse_condition(entry.fail_if, source),
          .min_group = entry.min_group,
          .because = entry.because,
          .source = source};
}

/// Takes the node's content: a copy would not know its lines.
Gate take_gate(toml::node& node, const std::string& file, std::uint64_t min_group) {
  const std::string source = fmt::format("{}, line {}", file, node.source().begin.line);
  toml::table* table = node.as_table();
  if (table == nullptr) {
    throw ConfigError(fmt::format("{}: expected [[gate]] with name and fail_if", source));
  }
  GateEntry entry{.min_group = min_group};
  read_toml(TomlDocument{.table = std::move(*table), .source = file}, entry);
  if (entry.name.empty() || entry.fail_if.empty()) {
    throw ConfigError(
        fmt::format("{}: the gate has no {}", source, entry.name.empty() ? "name" : "fail_if"));
  }
  return gate_of(entry, fmt::format("{}, gate '{}'", file, entry.name));
}

/// The root of the file without its gates.
struct PolicyRoot {
  std::uint64_t min_group = 0;
};

template <class Visitor>
void describe(Visitor& visitor, PolicyRoot& root) {
  visitor.field("min_group", root.min_group, "rows that a group needs to decide");
}

}  // namespace

std::vector<Gate> gates_of(const std::vector<std::string>& conditions, std::uint64_t min_group) {
  std::vector<Gate> gates;
  for (const std::string& condition : conditions) {
    const std::string name = fmt::format("fail-if {}", gates.size() + 1);
    gates.push_back(
        gate_of({.name = name, .fail_if = condition, .min_group = min_group, .because = {}},
                conditions.size() == 1 ? "option --fail-if"
                                       : fmt::format("option --fail-if ({})", gates.size() + 1)));
  }
  return gates;
}

std::vector<Gate> read_policy(const std::filesystem::path& path, std::uint64_t min_group) {
  TomlDocument document = parse_toml_file(path);
  toml::array* list = document.table["gate"].as_array();
  if (list == nullptr || list->empty()) {
    throw ConfigError(fmt::format("{} has no [[gate]]; expected at least one", document.source));
  }
  toml::array entries = std::move(*list);
  document.table.erase("gate");
  PolicyRoot root{.min_group = min_group};
  read_toml(document, root);
  std::vector<Gate> gates;
  for (toml::node& entry : entries) {
    gates.push_back(take_gate(entry, document.source, root.min_group));
    const std::string& name = gates.back().name;
    if (std::ranges::count(gates, name, &Gate::name) > 1) {
      throw ConfigError(fmt::format("{} has two gates named '{}'", document.source, name));
    }
  }
  return gates;
}

}  // namespace af::audit
