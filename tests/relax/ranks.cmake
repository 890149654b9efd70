# Relaxations in bricks on several ranks, against one.
add_executable(divided_check ${CMAKE_CURRENT_SOURCE_DIR}/relax/divided_check.cpp)
target_link_libraries(divided_check PRIVATE relax)
foreach(ranks 1 2 4)
  cardhouse_parallel_test(parallel.relax_on_${ranks}_ranks_as_on_one ${ranks} divided_check ${ranks})
endforeach()
