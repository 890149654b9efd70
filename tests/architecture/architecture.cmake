# The house itself: who may include whom.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(floors ${CMAKE_CURRENT_SOURCE_DIR}/architecture/floors.py)
add_test(NAME architecture.includes_go_only_downward COMMAND ${Python3_EXECUTABLE} ${floors} ${PROJECT_SOURCE_DIR})
add_test(NAME architecture.the_check_finds_every_kind_of_fault COMMAND ${Python3_EXECUTABLE} ${floors} --self-test)
set_tests_properties(architecture.includes_go_only_downward architecture.the_check_finds_every_kind_of_fault
  PROPERTIES LABELS architecture)

# Every header in one translation unit: names must not clash between rooms; and each alone: it must stand by itself.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/engine/*.hpp
     ${PROJECT_SOURCE_DIR}/potentials/*.hpp ${PROJECT_SOURCE_DIR}/analysis/*.hpp)
list(TRANSFORM headers REPLACE "(.+)" "#include \"\\1\"" OUTPUT_VARIABLE includes)
list(JOIN includes "\n" includes)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/all_headers.cpp CONTENT "@includes@\n" @ONLY)
add_library(all_headers OBJECT ${PROJECT_BINARY_DIR}/generated/all_headers.cpp)
target_link_libraries(all_headers PRIVATE app hdf5::hdf5 MPI::MPI_CXX OpenMP::OpenMP_CXX)
add_test(NAME architecture.each_header_stands_by_itself
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/architecture/headers.sh ${PROJECT_SOURCE_DIR} ${HDF5_INCLUDE_DIRS}
          ${MPI_CXX_INCLUDE_DIRS})
set_tests_properties(architecture.each_header_stands_by_itself PROPERTIES LABELS architecture PROCESSORS 2 TIMEOUT 600)
