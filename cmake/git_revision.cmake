# Target af_git_revision: the header af_revision.h with the version and the git revision, looked up
# at every build and rewritten only when it changed. Run as a script (-P) it does the looking up.
if(CMAKE_SCRIPT_MODE_FILE)
  execute_process(COMMAND git describe --always --dirty --abbrev=12 --exclude=*
    WORKING_DIRECTORY ${SOURCE_DIR} OUTPUT_VARIABLE revision RESULT_VARIABLE failed
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(failed)
    set(revision unknown)
  endif()
  file(CONFIGURE OUTPUT ${HEADER} @ONLY
    CONTENT "#pragma once\n#define AF_VERSION \"${VERSION}\"\n#define AF_GIT_REVISION \"${revision}\"\n")
  return()
endif()

set(revision_folder ${CMAKE_BINARY_DIR}/revision)
add_custom_target(af_git_revision_header
  COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
    -DHEADER=${revision_folder}/af_revision.h -P ${CMAKE_CURRENT_LIST_FILE}
  BYPRODUCTS ${revision_folder}/af_revision.h
  COMMENT "Looking up the git revision")
add_library(af_git_revision INTERFACE)
target_include_directories(af_git_revision INTERFACE ${revision_folder})
add_dependencies(af_git_revision af_git_revision_header)
