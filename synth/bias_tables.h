#pragma once

#include <toml++/toml.h>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "synth/bias.h"

namespace af::synth {

/// Shares of a factor's levels; a level that is not named has none.
using Shares = std::map<std::string, double>;

/// Tables as a person writes them, in TOML:
///
///   color = { blue = 0.5, red = 0.5 }                                          P(color)
///   "char | color" = { blue = { a = 0.9, d = 0.1 }, red = { a = 0.1, d = 0.9 } }
///   "font | char, color" = { "a, blue" = { "DejaVu Sans" = 1 }, ... }
///
/// Each row sums to 1. A factor without a table has equal shares. A tied factor may be given any
/// others, but not, by whatever way, itself.
struct BiasTables {
  struct Table {
    std::vector<std::string> given;      ///< Empty: one row, named "".
    std::map<std::string, Shares> rows;  ///< By the levels of the given factors, ", " between them.
    bool operator==(const Table&) const = default;
  };
  std::map<std::string, Table> factors;

  [[nodiscard]] bool empty() const noexcept { return factors.empty(); }
  /// Levels that the factor's own table or those given it name, sorted.
  [[nodiscard]] std::vector<std::string> levels_named(const std::string& factor) const;
  bool operator==(const BiasTables&) const = default;
};

/// A factor that can be tied, with its levels in order of code.
struct CategoricalFactor {
  std::string name;
  std::vector<std::string> levels;
};

/// The joint distribution of the factors that the tables name, in an order in which each comes
/// after those it is given. Those in `always` are in it even if no table names them.
/// @param factors  All that can be tied; the first of them come first if they can.
/// @throws ConfigError: a factor or level that is not there (with the nearest), a factor tied to
///         itself, a row missing, or no distribution (with its sum).
[[nodiscard]] JointTable joint_table(const BiasTables& tables,
                                     const std::vector<CategoricalFactor>& factors,
                                     const std::vector<std::string>& always);

/// The same distribution as tables; levels without a share are left out.
[[nodiscard]] BiasTables tables_of(const JointTable& joint);

/// @throws ConfigError whose sentence begins with `where`.
void read_table(const toml::table& table, const std::string& where, BiasTables& tables);
[[nodiscard]] std::string write_table(const BiasTables& tables);

}  // namespace af::synth
