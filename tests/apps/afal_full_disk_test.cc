#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstring>
#include <filesystem>

#include "tests/al/run_bytes.h"
#include "tests/apps/afal_command.h"

namespace af::test {
namespace {

/// A small file system of its own, for as long as it lives.
class SmallDisk {
 public:
  SmallDisk(std::string folder, int pages) : folder_(std::move(folder)) {
    std::filesystem::create_directory(folder_);
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, size(pages).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount(folder_.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] bool resize(int pages) const {
    return ::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, size(pages).c_str()) == 0;
  }

 private:
  static std::string size(int pages) { return "size=" + std::to_string(4 * pages) + "k"; }

  std::string folder_;
  bool mounted_ = false;
};

TEST(AfalFullDisk, StopsWithExitFiveAndGoesOnToTheSameBytesOnceThereIsRoom) {
  const AfalCommand afal;
  ASSERT_EQ(run_program(afal.argv({}, "unbroken")).exit_code, 0);
  const auto expected = run_bytes(afal.path("unbroken"));
  // A run of four seeds' folders takes 19 pages, a file a page: full at its very beginning, while
  // the initial sets are written, among the steps, and at the last predictions.
  for (const int pages : {1, 3, 9, 15}) {
    const SmallDisk disk(afal.path("disk"), pages);
    if (!disk.mounted()) {
      GTEST_SKIP() << "no file system can be mounted here: " << std::strerror(errno);
    }
    const std::vector<std::string> argv = afal.argv({}, "disk/run");
    const Outcome full = run_program(argv);
    EXPECT_EQ(full.exit_code, 5) << pages << " pages: " << full.err;
    EXPECT_THAT(full.err, testing::HasSubstr("disk/run")) << pages << " pages";
    EXPECT_EQ(std::ranges::count(full.err, '\n'), 1) << full.err;
    ASSERT_TRUE(disk.resize(1000)) << std::strerror(errno);
    const Outcome again = run_program(argv);
    EXPECT_EQ(again.exit_code, 0) << pages << " pages: " << again.err;
    EXPECT_EQ(run_bytes(afal.path("disk/run")), expected) << pages << " pages";
  }
}

}  // namespace
}  // namespace af::test
