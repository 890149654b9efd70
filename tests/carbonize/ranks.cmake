# The lattice on several ranks against itself on one.
add_executable(carbonize_ranks_check ${CMAKE_CURRENT_SOURCE_DIR}/carbonize/ranks_check.cpp)
target_link_libraries(carbonize_ranks_check PRIVATE carbonize)
target_compile_definitions(carbonize_ranks_check PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
foreach(ranks 2 4)
  cardhouse_parallel_test(parallel.carbonize_on_${ranks}_ranks_as_on_one ${ranks} carbonize_ranks_check ${ranks})
endforeach()
