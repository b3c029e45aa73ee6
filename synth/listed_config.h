#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace af::synth {

/// What a data set of listed rows is made of.
struct ListedConfig {
  std::string attributes;         ///< File of the rows.
  std::string attributes_sha256;  ///< Of that file; empty: any.
  std::int64_t seed = 0;
  std::vector<std::string> swap;
  std::vector<std::string> replace;
  std::string images;  ///< Folder of pictures; empty: none, or where a data set says they are.
  std::optional<std::vector<std::string>> font_dir;
};

template <class Visitor>
void describe(Visitor& visitor, ListedConfig& config) {
  visitor.field("attributes", config.attributes, "File of the rows");
  visitor.field("attributes_sha256", config.attributes_sha256, "Of that file");
  visitor.field("seed", config.seed, "Of rows' noise that have no key");
  visitor.field("swap", config.swap, "COLUMN=A:B: rows that have A have B, and the reverse");
  visitor.field("replace", config.replace, "COLUMN=VALUE: what all rows have there");
  visitor.field("images", config.images, "Folder of the pictures that rows name");
  visitor.field("font_dir", config.font_dir, "Folders of further fonts");
}

}  // namespace af::synth
