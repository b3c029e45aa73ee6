# Settings of every target of the project; never exported, never applied to a library from outside.
add_library(af_build_flags INTERFACE)
# A multiply and an add fused into one instruction round once instead of twice: pixels and draws
# must not depend on whether the processor has that instruction.
target_compile_options(af_build_flags INTERFACE -ffp-contract=off)

add_library(af_warnings INTERFACE)
target_compile_options(af_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wdouble-promotion
  # Members left out of a designated initialiser take their defaults: that is what they are for.
  -Wno-missing-field-initializers)
if(AF_WARNINGS_AS_ERRORS)
  target_compile_options(af_warnings INTERFACE -Werror)
endif()

# af_library(NAME SOURCE...): the static library af_NAME, known as af::NAME.
function(af_library name)
  add_library(af_${name} STATIC ${ARGN})
  add_library(af::${name} ALIAS af_${name})
  target_include_directories(af_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(af_${name} PRIVATE af_build_flags af_warnings)
endfunction()

# af_program(NAME SOURCE...): an executable in bin/.
function(af_program name)
  add_executable(${name} ${ARGN})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE af_build_flags af_warnings)
endfunction()

# af_test(NAME SOURCE...): a GoogleTest program whose cases ctest knows one by one.
# AF_SOURCE_DIR and AF_BIN_DIR tell it where checked-in data and the built programs are.
function(af_test name)
  add_executable(${name} ${ARGN})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE af_build_flags af_warnings GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE
    AF_SOURCE_DIR="${PROJECT_SOURCE_DIR}" AF_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
endfunction()
