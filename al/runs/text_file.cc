#include "al/runs/text_file.h"

#include <fmt/format.h>

#include <fstream>

#include "core/errors.h"

namespace af::al {

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw InputError(fmt::format("cannot read {}", path.string()));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace af::al
