af_program(bench_audit bench_audit.cc)
target_link_libraries(bench_audit PRIVATE af::audit benchmark::benchmark)
