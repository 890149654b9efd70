# Build options and the warnings every target of ours is compiled with.
option(CARDHOUSE_BUILD_TESTS "Build the test suite" ON)
option(CARDHOUSE_BUILD_BENCHMARKS "Build the benchmarks" OFF)
option(CARDHOUSE_CONTRACTS "Check EXPECTS and ENSURES at run time" ON)
option(CARDHOUSE_WERROR "Treat warnings as errors" OFF)
option(CARDHOUSE_NATIVE "Compile for the processor of this machine" OFF)
option(CARDHOUSE_SANITIZE "Build with address and undefined-behaviour sanitizers" OFF)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -fno-math-errno -fno-trapping-math")

add_library(build_options INTERFACE)
set_target_properties(build_options PROPERTIES EXPORT_NAME build_options)
target_compile_features(build_options INTERFACE cxx_std_20)
target_compile_options(build_options INTERFACE
  # False alarms of GCC 12: -Wstringop-overflow inside the headers of fmt 9, -Wrestrict inside std::string (PR 105651).
  $<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow;-Wno-restrict>>
  $<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wnon-virtual-dtor;-Woverloaded-virtual>
  $<BUILD_INTERFACE:$<$<BOOL:${CARDHOUSE_WERROR}>:-Werror>>
  $<BUILD_INTERFACE:$<$<BOOL:${CARDHOUSE_NATIVE}>:-march=native>>)
target_compile_definitions(build_options INTERFACE OMPI_SKIP_MPICXX $<$<BOOL:${CARDHOUSE_CONTRACTS}>:CARDHOUSE_CONTRACTS>)
if(CARDHOUSE_SANITIZE)
  target_compile_options(build_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(build_options INTERFACE -fsanitize=address,undefined)
endif()
