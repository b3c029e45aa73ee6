#include "core/dataset_digest.h"

#include "core/sha256.h"

namespace af {

std::string sha256_of_dataset(const DatasetReader& file) {
  const std::string own = sha256_of_file(file.path());
  if (file.parts().empty()) return own;
  std::string sums = own + "\n";
  for (const std::filesystem::path& part : file.parts()) sums += sha256_of_file(part) + "\n";
  return sha256_of_text(sums);
}

}  // namespace af
