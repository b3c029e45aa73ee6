find_package(nlohmann_json REQUIRED)
af_program(afgen afgen.cc afgen_card.cc afgen_fonts.cc afgen_generate.cc afgen_merge.cc afgen_verify.cc)
target_link_libraries(afgen PRIVATE af::apps af::synth af::fonts nlohmann_json::nlohmann_json)
