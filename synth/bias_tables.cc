#include "synth/bias_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/config_toml.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::synth {
namespace {

/// How a person names a row: the given factors' levels.
std::string key_of(const JointTable& joint, std::size_t factor, std::size_t combination) {
  std::string key;
  const std::vector<std::size_t>& given = joint.factors[factor].given;
  for (std::size_t i = given.size(); i-- > 0;) {
    const std::vector<std::string>& levels = joint.factors[given[i]].levels;
    const std::string& level = levels[combination % levels.size()];
    key = key.empty() ? level : level + ", " + key;
    combination /= levels.size();
  }
  return key;
}

/// Puts a factor behind those that it is given, and those first.
class Order {
 public:
  Order(const BiasTables& tables, const std::vector<CategoricalFactor>& factors)
      : tables_(tables), factors_(factors) {}

  void add(const std::string& name) {
    if (table_.position(name) < table_.factors.size()) return;
    const CategoricalFactor& factor = found(name);
    if (!open_.insert(name).second) {
      throw ConfigError(fmt::format(
          "the table of {} makes it depend on itself; expected factors drawn before it", name));
    }
    const auto table = tables_.factors.find(name);
    if (table == tables_.factors.end()) {
      table_.factors.push_back(marginal(name, factor.levels));
      return;
    }
    for (const std::string& given : table->second.given) add(given);
    add_rows(factor, table->second);
  }

  [[nodiscard]] JointTable take() && { return std::move(table_); }

 private:
  const CategoricalFactor& found(const std::string& name) const {
    const auto factor = std::ranges::find(factors_, name, &CategoricalFactor::name);
    if (factor != factors_.end()) return *factor;
    std::vector<std::string> names;
    for (const CategoricalFactor& f : factors_) names.push_back(f.name);
    throw ConfigError(fmt::format("the table names the factor '{}'{}; expected {}", name,
                                  did_you_mean(name, names), listed(names)));
  }

  void add_rows(const CategoricalFactor& factor, const BiasTables::Table& table) {
    ConditionalTable added{factor.name, factor.levels, {}, {}};
    for (const std::string& given : table.given) added.given.push_back(table_.position(given));
    table_.factors.push_back(std::move(added));
    const std::size_t at = table_.factors.size() - 1;
    std::set<std::string> used;
    const std::size_t rows = table_.combinations(at);
    if (rows > kMostCells) throw ConfigError("a table has more than a million rows");
    for (std::size_t c = 0; c < rows; ++c) {
      const std::string key = key_of(table_, at, c);
      const auto row = table.rows.find(key);
      if (row == table.rows.end()) {
        throw ConfigError(fmt::format("the table lacks the row {}", table_.row_name(at, c)));
      }
      used.insert(key);
      table_.factors[at].shares.push_back(
          dense(row->second, factor.levels, table_.row_name(at, c)));
    }
    for (const auto& [key, shares] : table.rows) {
      if (used.contains(key)) continue;
      throw ConfigError(fmt::format("the table of {} has a row '{}', which is no level of {}",
                                    factor.name, key, fmt::join(table.given, ", ")));
    }
  }

  static std::vector<double> dense(const Shares& shares, const std::vector<std::string>& levels,
                                   const std::string& row) {
    std::vector<double> values(levels.size(), 0.0);
    for (const auto& [level, share] : shares) {
      const auto known = std::ranges::find(levels, level);
      if (known == levels.end()) {
        throw ConfigError(fmt::format("row {} names '{}'{}; expected {}", row, level,
                                      did_you_mean(level, levels), listed(levels)));
      }
      values[static_cast<std::size_t>(known - levels.begin())] = share;
    }
    return values;
  }

  const BiasTables& tables_;
  const std::vector<CategoricalFactor>& factors_;
  JointTable table_;
  std::set<std::string> open_;
};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

std::vector<std::string> split_names(std::string text) {
  std::vector<std::string> names;
  for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',')) {
    names.push_back(trimmed(text.substr(0, comma)));
    text.erase(0, comma + 1);
  }
  names.push_back(trimmed(text));
  return names;
}

Shares read_shares(const toml::table& row, const std::string& where) {
  Shares shares;
  std::vector<double> values;
  for (const auto& [level, node] : row) {
    const auto share = node.value<double>();
    if (!share || !node.is_number()) {
      throw ConfigError(fmt::format("{}: '{}' is no number; expected a probability", where,
                                    std::string_view(level.str())));
    }
    shares[std::string(level.str())] = *share;
    values.push_back(*share);
  }
  check_shares(values, where);
  return shares;
}

std::string written(const Shares& shares) {
  std::vector<std::string> parts;
  for (const auto& [level, share] : shares) {
    parts.push_back(fmt::format("{} = {}", toml_literal(level), toml_literal(share)));
  }
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

}  // namespace

std::vector<std::string> BiasTables::levels_named(const std::string& factor) const {
  std::set<std::string> levels;
  for (const auto& [name, table] : factors) {
    const bool sole_parent = table.given.size() == 1 && table.given.front() == factor;
    for (const auto& [row, shares] : table.rows) {
      if (sole_parent) levels.insert(row);
      if (name != factor) continue;
      for (const auto& [level, share] : shares) levels.insert(level);
    }
  }
  return {levels.begin(), levels.end()};
}

JointTable joint_table(const BiasTables& tables, const std::vector<CategoricalFactor>& factors,
                       const std::vector<std::string>& always) {
  Order order(tables, factors);
  for (const std::string& name : always) order.add(name);
  for (const auto& [name, table] : tables.factors) order.add(name);
  JointTable joint = std::move(order).take();
  joint.validate();
  return joint;
}

BiasTables tables_of(const JointTable& joint) {
  BiasTables tables;
  for (std::size_t f = 0; f < joint.factors.size(); ++f) {
    const ConditionalTable& factor = joint.factors[f];
    BiasTables::Table& table = tables.factors[factor.factor];
    for (const std::size_t given : factor.given) table.given.push_back(joint.factors[given].factor);
    for (std::size_t c = 0; c < factor.shares.size(); ++c) {
      Shares& row = table.rows[key_of(joint, f, c)];
      for (std::size_t k = 0; k < factor.levels.size(); ++k) {
        if (factor.shares[c][k] > 0.0) row[factor.levels[k]] = factor.shares[c][k];
      }
    }
  }
  return tables;
}

void read_table(const toml::table& document, const std::string& where, BiasTables& tables) {
  for (const auto& [key, node] : document) {
    const std::string text(key.str());
    const std::size_t bar = text.find('|');
    const std::string factor = trimmed(text.substr(0, bar));
    const toml::table* content = node.as_table();
    if (content == nullptr) {
      throw ConfigError(fmt::format("{}: '{}' is no table of probabilities", where, text));
    }
    BiasTables::Table table;
    if (bar == std::string::npos) {
      table.rows[""] = read_shares(*content, fmt::format("{}: P({})", where, factor));
    } else {
      table.given = split_names(text.substr(bar + 1));
      for (const auto& [name, row] : *content) {
        const std::string level(name.str());
        const std::string row_name = fmt::format("{}: P({} | {})", where, factor, level);
        if (!row.is_table()) throw ConfigError(row_name + " is no table of probabilities");
        table.rows[level] = read_shares(*row.as_table(), row_name);
      }
    }
    if (!tables.factors.emplace(factor, std::move(table)).second) {
      throw ConfigError(fmt::format("{}: {} has two tables; expected one", where, factor));
    }
  }
}

std::string write_table(const BiasTables& tables) {
  if (tables.empty()) return {};
  std::vector<std::string> parts;
  for (const auto& [factor, table] : tables.factors) {
    if (table.given.empty()) {
      parts.push_back(
          fmt::format("{} = {}", toml_literal(factor), written(table.rows.begin()->second)));
      continue;
    }
    std::vector<std::string> rows;
    for (const auto& [row, shares] : table.rows) {
      rows.push_back(fmt::format("{} = {}", toml_literal(row), written(shares)));
    }
    parts.push_back(fmt::format(
        "{} = {{ {} }}", toml_literal(fmt::format("{} | {}", factor, fmt::join(table.given, ", "))),
        fmt::join(rows, ", ")));
  }
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

}  // namespace af::synth
