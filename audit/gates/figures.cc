#include "audit/gates/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/errors.h"
#include "core/text.h"

namespace af::audit {
namespace {

using Where = std::vector<std::pair<std::string, std::string>>;

bool is_estimate(const Json& json) {
  return json.is_object() && json.contains("value") && json.contains("low") &&
         json.contains("high");
}

std::optional<double> number_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Estimate estimate_in(const Json& json) {
  return {.value = number_in(json, "value"),
          .low = number_in(json, "low"),
          .high = number_in(json, "high"),
          .reason = text_in(json, "reason"),
          .interval = text_in(json, "interval"),
          .exact = json.contains("exact")};
}

bool is_texts(const Json& json) {
  return json.is_array() && !json.empty() &&
         std::ranges::all_of(json, [](const Json& one) { return one.is_string(); });
}

/// "sex, race"
std::string joined(const Json& texts) {
  std::string all;
  for (const Json& one : texts) {
    if (!all.empty()) all += ", ";
    all += one.get<std::string>();
  }
  return all;
}

/// What tells the entries of a list apart.
void add_where(Where& where, const Json& entry, const std::string& prefix) {
  for (const auto& [key, value] : entry.items()) {
    if (value.is_string()) {
      where.emplace_back(prefix + key, value.get<std::string>());
    } else if (is_texts(value)) {
      where.emplace_back(prefix + key, joined(value));
    } else if ((key == "seed" || key == "step") && value.is_number()) {
      where.emplace_back(prefix + key, fmt::format("{}", value.get<std::uint64_t>()));
    } else if (prefix.empty() && value.is_object() && !value.empty() &&
               std::ranges::all_of(value, [](const Json& v) { return v.is_string(); })) {
      add_where(where, value, key + ".");
    }
  }
}

/// Rows behind an entry of a list, if it says how many.
std::optional<std::uint64_t> rows_of(const Json& entry) {
  for (const char* key : {"count", "labelled_count"}) {
    if (const auto rows = number_in(entry, key)) return static_cast<std::uint64_t>(*rows);
  }
  const auto metrics = entry.find("metrics");
  if (metrics == entry.end() || !metrics->contains("count")) return std::nullopt;
  const auto rows = number_in(metrics->at("count"), "value");
  return rows ? std::optional(static_cast<std::uint64_t>(*rows)) : std::nullopt;
}

std::string where_text(const Where& where) {
  std::string text;
  for (const auto& [column, value] : where) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", column, value);
  }
  return text;
}

/// Collects the figures of a document.
class Collector {
 public:
  Collector(const Json& document, std::vector<Figure>& to) : to_(to) {
    for (const char* key : {"rows", "pool_rows"}) {
      if (const auto rows = number_in(document, key); rows && all_rows_ == 0) {
        all_rows_ = static_cast<std::uint64_t>(*rows);
      }
    }
    find_smallest_group(document);
    walk(document);
  }

 private:
  void find_smallest_group(const Json& document) {
    const auto groups = document.find("by_group");
    if (groups == document.end()) return;
    for (const Json& entry : *groups) {
      const std::optional<std::uint64_t> rows = rows_of(entry);
      if (!rows || (!smallest_name_.empty() && *rows >= smallest_)) continue;
      Where where;
      add_where(where, entry, "");
      smallest_ = *rows;
      smallest_name_ = where_text(where);
    }
  }

  void walk(const Json& json) {
    if (is_estimate(json)) return add(estimate_in(json));
    if (json.is_number()) return add(exactly(json.get<double>(), "none: it is exact"));
    if (json.is_array()) return walk_list(json);
    if (!json.is_object()) return;
    const bool share_with_interval = json.contains("share") && json.contains("low");
    for (const auto& [key, value] : json.items()) {
      if (share_with_interval && (key == "low" || key == "high")) continue;
      if (key == "seed" || key == "step" || key == "gates") continue;
      path_.push_back(key);
      if (share_with_interval && key == "share") {
        add_share(json);
      } else {
        walk(value);
      }
      path_.pop_back();
    }
  }

  void walk_list(const Json& list) {
    for (const Json& entry : list) {
      if (!entry.is_object()) continue;
      const Where outer = where_;
      const std::optional<std::uint64_t> outer_rows = rows_;
      add_where(where_, entry, "");
      if (const auto rows = rows_of(entry)) rows_ = rows;
      walk(entry);
      where_ = outer;
      rows_ = outer_rows;
    }
  }

  /// A cell's share lies flat in its entry, beside its interval; it is a share of all rows.
  void add_share(const Json& entry) {
    Estimate share{.value = number_in(entry, "share"),
                   .low = number_in(entry, "low"),
                   .high = number_in(entry, "high"),
                   .reason = {},
                   .interval = {}};
    if (!share.value) share.reason = "There are no rows.";
    const std::optional<std::uint64_t> rows = rows_;
    rows_ = all_rows_;
    add(std::move(share));
    rows_ = rows;
  }

  void add(Estimate estimate) {
    Figure figure{.path = path_, .where = where_, .estimate = std::move(estimate)};
    figure.rows = rows_.value_or(all_rows_);
    if (path_.front() == "disparities") {
      figure.smallest_group = smallest_;
      figure.smallest_name = smallest_name_;
    } else if (!where_.empty()) {
      figure.smallest_group = figure.rows;
      figure.smallest_name = where_text(where_);
    }
    to_.push_back(std::move(figure));
  }

  std::vector<Figure>& to_;
  std::vector<std::string> path_;
  Where where_;
  std::optional<std::uint64_t> rows_;
  std::uint64_t all_rows_ = 0;
  std::uint64_t smallest_ = 0;
  std::string smallest_name_;
};

/// Whether `name` is the last keys of a path, joined by dots; keys between may be left out.
bool fits_path(const std::vector<std::string>& path, std::string_view name) {
  if (!name.ends_with(path.back())) return false;
  name.remove_suffix(path.back().size());
  for (std::size_t i = path.size() - 1; i-- > 0 && !name.empty();) {
    const std::string key = path[i] + ".";
    if (name.ends_with(key) && (name.size() == key.size() || i > 0)) {
      name.remove_suffix(key.size());
    }
  }
  return name.empty();
}

bool fits_where(const Where& all, const Where& asked) {
  return std::ranges::all_of(
      asked, [&](const auto& pair) { return std::ranges::find(all, pair) != all.end(); });
}

/// Smaller goes first.
std::pair<std::size_t, std::size_t> rank(const Figure& figure) {
  return {figure.where.size(), figure.path.size()};
}

}  // namespace

Figures::Figures(const Json& document) { Collector(document, figures_); }

const Figure& Figures::find(const FigureName& name, const std::string& where) const {
  const Figure* best = nullptr;
  const Figure* rival = nullptr;
  for (const Figure& figure : figures_) {
    if (!fits_path(figure.path, name.name) || !fits_where(figure.where, name.where)) continue;
    if (best == nullptr || rank(figure) < rank(*best)) {
      best = &figure;
      rival = nullptr;
    } else if (rank(figure) == rank(*best)) {
      rival = &figure;
    }
  }
  if (best == nullptr) refuse_unknown(name, where);
  if (rival == nullptr) return *best;
  throw ConfigError(fmt::format("{}: '{}' fits {} and {} alike; expected a name of one figure",
                                where, to_text(name), to_text(name_of(*best)),
                                to_text(name_of(*rival))));
}

void Figures::refuse_unknown(const FigureName& name, const std::string& where) const {
  std::set<std::string> names;
  std::set<std::string> with_columns;
  bool name_is_known = false;
  for (const Figure& figure : figures_) {
    names.insert(figure.path.back());
    const bool fits = fits_path(figure.path, name.name);
    name_is_known = name_is_known || fits;
    if (fits && !figure.where.empty()) with_columns.insert(to_text(name_of(figure)));
  }
  const std::set<std::string>& from = name_is_known ? with_columns : names;
  const std::vector<std::string> candidates(from.begin(), from.end());
  const std::string asked = name_is_known ? to_text(name) : name.name;
  throw ConfigError(fmt::format("{}: the report has no figure '{}'{}", where, to_text(name),
                                did_you_mean(asked, candidates)));
}

FigureName name_of(const Figure& figure) {
  return {.name = figure.path.back(), .where = figure.where};
}

}  // namespace af::audit
