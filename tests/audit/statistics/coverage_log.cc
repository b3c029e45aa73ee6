#include "tests/audit/statistics/coverage_log.h"

#include <fstream>
#include <sstream>
#include <utility>

namespace af::test {
namespace {

constexpr const char* kEnd = ".";  // A line without it was cut off.

}  // namespace

CoverageLog::CoverageLog(std::filesystem::path file) : file_(std::move(file)) {
  std::ifstream lines(file_);
  bool cut_off = false;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string part;
    words >> part;
    std::vector<Coverage> found;
    Coverage one;
    while (words >> one.figure && one.figure != kEnd &&
           words >> one.experiments >> one.with_interval >> one.missed) {
      found.push_back(one);
    }
    if (one.figure == kEnd) done_[part] = found;
    cut_off = lines.eof();  // It lacks its end.
  }
  if (cut_off) std::ofstream(file_, std::ios::app) << '\n';
}

const std::vector<Coverage>* CoverageLog::find(const std::string& part) const {
  const auto found = done_.find(part);
  return found == done_.end() ? nullptr : &found->second;
}

void CoverageLog::add(const std::string& part, const std::vector<Coverage>& found) {
  done_[part] = found;
  if (file_.empty()) return;
  std::ofstream lines(file_, std::ios::app);
  lines << part;
  for (const Coverage& one : found) {
    lines << ' ' << one.figure << ' ' << one.experiments << ' ' << one.with_interval << ' '
          << one.missed;
  }
  lines << ' ' << kEnd << '\n';
}

}  // namespace af::test
