#include "fonts/package_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/program.h"

namespace af::fonts {
namespace {

using test::TempDir;
using test::write_bytes;

TEST(PackageFiles, KnowsThePackageOfAFontFile) {
  const TempDir folder;
  write_bytes(folder / "fonts-one.list", "/.\n/usr/share/fonts/one.ttf\n/usr/share/doc/one\n");
  write_bytes(folder / "two:amd64.list", "/usr/share/fonts/two.ttf\n");
  write_bytes(folder / "three.md5sums", "/usr/share/fonts/three.ttf\n");
  const PackageFiles packages(folder.path());
  EXPECT_EQ(packages.package_of("/usr/share/fonts/one.ttf"), "fonts-one");
  EXPECT_EQ(packages.package_of("/usr/share/fonts/two.ttf"), "two");
  EXPECT_EQ(packages.package_of("/usr/share/fonts/three.ttf"), "");
}

TEST(PackageFiles, KnowsNothingWithoutDpkg) {
  EXPECT_EQ(PackageFiles("/no/such/folder").package_of("/usr/share/fonts/one.ttf"), "");
}

TEST(PackageLicence, ReadsTheMachineReadableForm) {
  const TempDir folder;
  std::filesystem::create_directories(folder / "fonts-one");
  write_bytes(folder / "fonts-one/copyright",
              "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
              "License: whole\n\n"
              "Files: *\nCopyright: 2001 A\nLicense: OFL-1.1\n\n"
              "Files: doc/*\nCopyright: 2001 A\nLicense: Expat\n\n"
              "Files: extra/*\nCopyright: 2001 A\nLicense: OFL-1.1\n\n"
              "Files: debian/*\nCopyright: 2002 B\nLicense: GPL-2+\n\n"
              "License: OFL-1.1\n The text of it.\n");
  EXPECT_EQ(package_licence("fonts-one", folder.path()), "OFL-1.1 and Expat");
  write_bytes(folder / "fonts-one/copyright", "This font may be used by anybody.\n");
  EXPECT_EQ(package_licence("fonts-one", folder.path()), "");
  EXPECT_EQ(package_licence("fonts-none", folder.path()), "");
}

}  // namespace
}  // namespace af::fonts
