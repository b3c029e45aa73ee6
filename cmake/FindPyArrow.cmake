# Finds Arrow C++ inside the pyarrow wheel: headers, libarrow and libparquet, no Python at run time.
#   AF_PYTHON  Python whose site-packages hold pyarrow; the project's .venv by default.
# Defines the imported targets PyArrow::arrow and PyArrow::parquet. The program's run path points into the wheel, so it
# runs from the build folder.
set(AF_PYTHON "${PROJECT_SOURCE_DIR}/.venv/bin/python" CACHE FILEPATH "Python that has pyarrow")

if(NOT PyArrow_DIR)
  execute_process(
    COMMAND ${AF_PYTHON} -c
      "import importlib.util as u; print(u.find_spec('pyarrow').submodule_search_locations[0])"
    OUTPUT_VARIABLE pyarrow_dir OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  set(PyArrow_DIR "${pyarrow_dir}" CACHE PATH "Folder of the installed pyarrow" FORCE)
endif()

find_path(PyArrow_INCLUDE_DIR arrow/api.h
  PATHS ${PyArrow_DIR}/include NO_DEFAULT_PATH)
# The wheel ships libarrow.so.N only; the name without a number is made by a script of its own.
file(GLOB pyarrow_library ${PyArrow_DIR}/libarrow.so.*)
if(pyarrow_library)
  list(GET pyarrow_library 0 PyArrow_LIBRARY)
endif()

file(GLOB pyarrow_library ${PyArrow_DIR}/libparquet.so.*)
if(pyarrow_library)
  list(GET pyarrow_library 0 PyArrow_PARQUET_LIBRARY)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PyArrow
  REQUIRED_VARS PyArrow_LIBRARY PyArrow_PARQUET_LIBRARY PyArrow_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "set AF_PYTHON to a Python that has pyarrow installed")

if(PyArrow_FOUND AND NOT TARGET PyArrow::arrow)
  add_library(PyArrow::arrow SHARED IMPORTED)
  set_target_properties(PyArrow::arrow PROPERTIES
    IMPORTED_LOCATION ${PyArrow_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${PyArrow_INCLUDE_DIR})
  add_library(PyArrow::parquet SHARED IMPORTED)
  set_target_properties(PyArrow::parquet PROPERTIES
    IMPORTED_LOCATION ${PyArrow_PARQUET_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${PyArrow_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES PyArrow::arrow)
endif()
