#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/gates/gate_condition.h"
#include "audit/reports/json_document.h"
#include "audit/statistics/estimate.h"

namespace af::audit {

/// One number of a report, and what it rests on.
struct Figure {
  std::vector<std::string> path;  ///< Keys of the JSON document: {"overall", "accuracy"}.
  std::vector<std::pair<std::string, std::string>> where;  ///< Of list entries: column and value.
  Estimate estimate;
  std::uint64_t rows = 0;            ///< Rows of its group; all rows if it is of no one group.
  std::uint64_t smallest_group = 0;  ///< Rows of the smallest group that it compares or is of.
  std::string smallest_name;         ///< "color=red"; empty if no group is meant.
};

/// Every number of a report's JSON document by its name there. An object with value, low and high
/// is an estimate, a bare number is exact. Entries of lists are told apart by their texts (lists of
/// texts joined by ", "), and by `seed` and `step`: [color=red].
class Figures {
 public:
  explicit Figures(const Json& document);

  /// The figure of a name. The name is the last keys of the path, as many as are needed
  /// ("accuracy", "overall.accuracy"), and some of the columns; what is of no one group goes before
  /// what is of one, and a short path before a long one.
  /// @param where  Where the name was written, for messages.
  /// @throws ConfigError if there is none (the nearest is offered) or several fit.
  [[nodiscard]] const Figure& find(const FigureName& name, const std::string& where) const;

  [[nodiscard]] const std::vector<Figure>& all() const noexcept { return figures_; }

 private:
  [[noreturn]] void refuse_unknown(const FigureName& name, const std::string& where) const;

  std::vector<Figure> figures_;
};

/// The shortest name that finds it: last key of the path with all its columns.
[[nodiscard]] FigureName name_of(const Figure& figure);

}  // namespace af::audit
