#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>

namespace af::fonts {

/// Which Debian package a font file came with, read from dpkg's lists of files; knows nothing where
/// there is no dpkg.
class PackageFiles {
 public:
  /// @param database  dpkg's folder of `PACKAGE.list` files.
  explicit PackageFiles(const std::filesystem::path& database = "/var/lib/dpkg/info");

  /// The package's name; empty if no package has the file.
  [[nodiscard]] std::string package_of(const std::filesystem::path& file) const;

 private:
  std::unordered_map<std::string, std::string> packages_;
};

/// The short names of the licences in a package's copyright file, "OFL-1.1" or "GPL-2 and Expat",
/// leaving out those of the packaging alone. Empty if there is none in Debian's machine-readable
/// form (DEP 5).
[[nodiscard]] std::string package_licence(const std::string& package,
                                          const std::filesystem::path& docs = "/usr/share/doc");

}  // namespace af::fonts
