# Damaged files of every kind that the program reads. A bounded share in every run of ctest, minutes of it by
#   ctest --preset release -C fuzz -L fuzz
# What goes wrong is kept in the build folder, under fuzz/.
set(fuzz_sources ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/isolated_cases.cpp ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/mutation.cpp)
cardhouse_tests(fuzz base)
target_sources(fuzz_tests PRIVATE ${fuzz_sources})

add_executable(fuzz_readers fuzz/main.cpp fuzz/readers.cpp fuzz/seeds.cpp ${fuzz_sources})
target_link_libraries(fuzz_readers PRIVATE app CLI11::CLI11)
target_compile_definitions(fuzz_readers PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_test(NAME fuzz.damaged_files_are_read_or_refused
  COMMAND fuzz_readers --cases 400 --seed 5 --folder ${PROJECT_BINARY_DIR}/fuzz)
add_test(NAME fuzz.many_damaged_files_are_read_or_refused CONFIGURATIONS fuzz
  COMMAND fuzz_readers --cases 20000 --seed 2 --folder ${PROJECT_BINARY_DIR}/fuzz)
set_tests_properties(fuzz.damaged_files_are_read_or_refused fuzz.many_damaged_files_are_read_or_refused
  PROPERTIES LABELS fuzz TIMEOUT 1800 ENVIRONMENT OMP_NUM_THREADS=1)
