foreach(name bench_step bench_mc_predict)
  af_program(${name} ${name}.cc)
  target_link_libraries(${name} PRIVATE af::apps af::al)
endforeach()
