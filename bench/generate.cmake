af_program(bench_generate bench_generate.cc)
target_link_libraries(bench_generate PRIVATE af::synth benchmark::benchmark_main)
# As the pixel loops are compiled (synth/CMakeLists.txt), so that limits are the machine's.
set_source_files_properties(bench_generate.cc PROPERTIES
  COMPILE_OPTIONS "-fno-math-errno;-fno-trapping-math;-mprefer-vector-width=512")
