#include "audit/reports/weights_report.h"

#include <fmt/format.h>

#include "audit/reports/json_document.h"
#include "core/config.h"

namespace af::audit {

void add_weights(Report& report, const std::string& column, WeightKind kind,
                 const WeightedRows& rows) {
  Json& json = report.document["weights"];
  json = {{"column", column}, {"kind", to_text(kind)}};
  if (kind == WeightKind::kFrequency) {
    report.facts.emplace_back(
        "Weights", fmt::format("column '{}' says how many rows each stands for", column));
    return;
  }
  json["sum"] = rows.weight;
  json["effective_rows"] = rows.effective();
  report.facts.emplace_back(
      "Weights", fmt::format("sampling weights in column '{}', {:.1f} effective rows (Kish)",
                             column, rows.effective()));
}

}  // namespace af::audit
