#include "al/runs/pool_counts.h"

#include <fmt/format.h>

#include <vector>

#include "core/text.h"

namespace af::al {

std::string pool_counts_text(const ImageTable& pool) {
  std::vector<std::size_t> counts(pool.target.size() * pool.group.size());
  for (std::size_t row = 0; row < pool.target.codes.size(); ++row) {
    ++counts[pool.target.codes[row] * pool.group.size() + pool.group.codes[row]];
  }
  std::string text =
      fmt::format("{},{},rows\n", csv_field(pool.target.name), csv_field(pool.group.name));
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    text += fmt::format("{},{},{}\n", csv_field(pool.target.vocabulary[cell / pool.group.size()]),
                        csv_field(pool.group.vocabulary[cell % pool.group.size()]), counts[cell]);
  }
  return text;
}

}  // namespace af::al
