find_package(nlohmann_json REQUIRED)

add_library(af_bench_figures STATIC figures.cc)
target_include_directories(af_bench_figures PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(af_bench_figures PRIVATE af_build_flags af_warnings fmt::fmt
  PUBLIC benchmark::benchmark nlohmann_json::nlohmann_json)

foreach(name bench_step bench_mc_predict)
  af_program(${name} ${name}.cc)
  target_link_libraries(${name} PRIVATE af::apps af::al af_bench_figures)
endforeach()
af_program(bench_acquisition bench_acquisition.cc)
target_link_libraries(bench_acquisition PRIVATE af::al benchmark::benchmark)
