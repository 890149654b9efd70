# Sodium in domains on several ranks against itself on one.
add_executable(transport_ranks_check ${CMAKE_CURRENT_SOURCE_DIR}/transport/ranks_check.cpp)
target_link_libraries(transport_ranks_check PRIVATE transport)
target_compile_definitions(transport_ranks_check PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
foreach(ranks 1 2 4)
  cardhouse_parallel_test(parallel.transport_on_${ranks}_ranks_as_on_one ${ranks} transport_ranks_check ${ranks})
endforeach()
