find_package(nlohmann_json REQUIRED)
af_test(test_afgen
  afgen_test.cc afgen_card_test.cc afgen_configuration_test.cc afgen_failure_test.cc afgen_kill_test.cc
  afgen_layout_test.cc afgen_processor_test.cc afgen_shards_test.cc)
target_link_libraries(test_afgen PRIVATE
  af::core af::test_support nlohmann_json::nlohmann_json)
add_dependencies(test_afgen afgen)

af_test(test_afgen_fonts afgen_fonts_test.cc ../fonts/edited_font.cc ../fonts/mutated_fonts.cc)
target_link_libraries(test_afgen_fonts PRIVATE
  af::core af::test_support nlohmann_json::nlohmann_json)
add_dependencies(test_afgen_fonts afgen)
