#pragma once

#include <string_view>

/// Files of audit/page and of the npm packages that it pins, embedded at build time.
namespace af::audit::page_assets {

[[nodiscard]] std::string_view page_template();
[[nodiscard]] std::string_view style();
[[nodiscard]] std::string_view script();
[[nodiscard]] std::string_view vega();
[[nodiscard]] std::string_view vega_lite();
[[nodiscard]] std::string_view vega_embed();
[[nodiscard]] std::string_view licences();  ///< Of the three and what they bring with them.

}  // namespace af::audit::page_assets
