#include "audit/page/page_assets.h"

// Defined by page/page_assets.S.in.
extern "C" {
extern const char af_page_template[];
extern const char af_page_template_end[];
extern const char af_page_style[];
extern const char af_page_style_end[];
extern const char af_page_script[];
extern const char af_page_script_end[];
extern const char af_page_vega[];
extern const char af_page_vega_end[];
extern const char af_page_vega_lite[];
extern const char af_page_vega_lite_end[];
extern const char af_page_vega_embed[];
extern const char af_page_vega_embed_end[];
extern const char af_page_licences[];
extern const char af_page_licences_end[];
}

namespace af::audit::page_assets {

std::string_view page_template() { return {af_page_template, af_page_template_end}; }
std::string_view style() { return {af_page_style, af_page_style_end}; }
std::string_view script() { return {af_page_script, af_page_script_end}; }
std::string_view vega() { return {af_page_vega, af_page_vega_end}; }
std::string_view vega_lite() { return {af_page_vega_lite, af_page_vega_lite_end}; }
std::string_view vega_embed() { return {af_page_vega_embed, af_page_vega_embed_end}; }
std::string_view licences() { return {af_page_licences, af_page_licences_end}; }

}  // namespace af::audit::page_assets
