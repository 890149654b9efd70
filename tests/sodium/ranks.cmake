# Sampling on several ranks against itself on one.
add_executable(sodium_ranks_check ${CMAKE_CURRENT_SOURCE_DIR}/sodium/ranks_check.cpp)
target_link_libraries(sodium_ranks_check PRIVATE sodium)
target_compile_definitions(sodium_ranks_check PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
foreach(ranks 2 3)
  cardhouse_parallel_test(parallel.sodium_on_${ranks}_ranks_as_on_one ${ranks} sodium_ranks_check ${ranks})
endforeach()
