af_test(test_afgen afgen_test.cc afgen_failure_test.cc afgen_processor_test.cc)
target_link_libraries(test_afgen PRIVATE af::core af::test_support)
add_dependencies(test_afgen afgen)
