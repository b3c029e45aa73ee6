af_program(afaudit afaudit.cc)
target_link_libraries(afaudit PRIVATE af::apps af::audit)
