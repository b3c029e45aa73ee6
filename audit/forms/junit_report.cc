#include "audit/forms/junit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/forms/html_report.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// XML 1.0 has no control characters, not even escaped.
std::string xml(const std::string& text) { return html_escaped(printable(text)); }

std::string reasons(const GateResult& result) {
  std::string text;
  for (const Judgement& one : result.judgements) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : " ", one.comparison, one.reason);
  }
  return text;
}

std::string test_case(const GateResult& result) {
  const std::string open =
      fmt::format("    <testcase classname=\"afaudit\" name=\"{}\">\n", xml(result.name));
  const std::string why = xml(reasons(result));
  std::string inside;
  if (result.verdict == Verdict::kPassed) {
    inside = fmt::format("      <system-out>{}</system-out>\n", why);
  } else {
    const char* const element = result.verdict == Verdict::kFailed ? "failure" : "error";
    inside = fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                         name_of(result.verdict), xml(result.text), why);
  }
  return open + inside + "    </testcase>\n";
}

}  // namespace

std::string junit_report(std::span<const GateResult> results, const std::string& source) {
  const auto with = [&](Verdict verdict) {
    return std::ranges::count(results, verdict, &GateResult::verdict);
  };
  const std::string counts =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", results.size(),
                  with(Verdict::kFailed), with(Verdict::kUndetermined));
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n  <testsuite name=\"{1}\" "
      "{0}>\n",
      counts, xml(source));
  for (const GateResult& result : results) text += test_case(result);
  return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace af::audit
