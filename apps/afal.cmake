find_package(nlohmann_json REQUIRED)
af_program(afal afal.cc afal_report.cc afal_report_json.cc)
target_link_libraries(afal PRIVATE af::apps af::al nlohmann_json::nlohmann_json)
