af_test(test_afaudit 
  afaudit_bad_input_test.cc
  afaudit_forms_test.cc
  afaudit_gates_test.cc
  afaudit_mutation_test.cc
  afaudit_page_test.cc
  afaudit_test.cc
  afaudit_weights_test.cc)
target_link_libraries(test_afaudit PRIVATE af_test_audit_support)
target_compile_definitions(test_afaudit PRIVATE AF_AFAUDIT="$<TARGET_FILE:afaudit>")
add_dependencies(test_afaudit afaudit)
