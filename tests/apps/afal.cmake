af_test(test_afal afal_bad_input_test.cc afal_full_disk_test.cc afal_resume_test.cc
  afal_weights_test.cc)
target_link_libraries(test_afal PRIVATE af_test_al_support)
add_dependencies(test_afal afal)
