# The page's own files and the chart libraries, as bytes in the program: page_assets.S takes them
# in with the assembler's .incbin, so that nothing is read at run time.
# `npm ci --prefix audit/page` brings node_modules; its versions are pinned by package-lock.json.
enable_language(ASM)

set(page_dir ${CMAKE_CURRENT_SOURCE_DIR}/page)
set(node_modules ${page_dir}/node_modules)
set(bundled_dir ${CMAKE_CURRENT_BINARY_DIR}/page)

foreach(package vega vega-lite vega-embed)
  set(script ${node_modules}/${package}/build/${package}.min.js)
  if(NOT EXISTS ${script})
    message(FATAL_ERROR "${script} is missing: run `npm ci --prefix audit/page` first")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
  # A browser would look for the source map, and a page makes no requests.
  file(READ ${script} text)
  string(REGEX REPLACE "//# sourceMappingURL=[^\n]*\n?" "" text "${text}")
  file(CONFIGURE OUTPUT ${bundled_dir}/${package}.js CONTENT "@text@" @ONLY)
endforeach()

# Licences of everything that the three scripts contain.
file(GLOB d3_packages RELATIVE ${node_modules} ${node_modules}/d3-*)
set(licences "")
foreach(package vega vega-lite vega-embed vega-themes vega-tooltip vega-interpreter ${d3_packages}
        delaunator internmap robust-predicates topojson-client fast-json-patch
        json-stringify-pretty-compact semver tslib)
  file(GLOB licence ${node_modules}/${package}/LICENSE*)
  file(READ ${licence} text)
  file(READ ${node_modules}/${package}/package.json description)
  string(JSON version GET "${description}" version)
  string(APPEND licences "${package} ${version}\n\n${text}\n\n")
endforeach()
file(CONFIGURE OUTPUT ${bundled_dir}/licences.txt CONTENT "@licences@" @ONLY)

configure_file(${page_dir}/page_assets.S.in ${bundled_dir}/page_assets.S @ONLY)
set(AF_PAGE_ASSETS ${bundled_dir}/page_assets.S)
set_source_files_properties(${AF_PAGE_ASSETS} PROPERTIES OBJECT_DEPENDS
  "${page_dir}/page.html;${page_dir}/page.css;${page_dir}/page.js;${bundled_dir}/vega.js;${bundled_dir}/vega-lite.js;${bundled_dir}/vega-embed.js;${bundled_dir}/licences.txt")
