af_program(bench_generate bench_generate.cc)
target_link_libraries(bench_generate PRIVATE af::synth benchmark::benchmark_main)
