# Checks of engine/io that need more than one GoogleTest process: readers that nobody here wrote (MDAnalysis for the run
# file, ASE for extended XYZ), and a file written by two ranks.
set(io_folder ${CMAKE_CURRENT_LIST_DIR})
set(io_scratch ${CMAKE_CURRENT_BINARY_DIR}/io_scratch)
file(MAKE_DIRECTORY ${io_scratch})

add_executable(write_sample ${io_folder}/write_sample.cpp)
target_link_libraries(write_sample PRIVATE io)
# The system's Python: the readers are Debian packages and belong to no virtual environment.
add_test(NAME io.foreign_readers
         COMMAND /usr/bin/python3 ${io_folder}/foreign_readers.py $<TARGET_FILE:write_sample> ${io_scratch}/foreign)
set_tests_properties(io.foreign_readers PROPERTIES SKIP_RETURN_CODE 77 LABELS io TIMEOUT 120)

add_executable(parallel_file_check ${io_folder}/parallel_file_check.cpp)
target_link_libraries(parallel_file_check PRIVATE io)
cardhouse_parallel_test(parallel.run_file_two_ranks 2 parallel_file_check ${io_scratch})
