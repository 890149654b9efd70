# Quality of a generated carbon. Not in the default run (a minute of processor time):
#   ctest --preset release -C quality -L quality -V
# Targets are printed with their verdicts; the test fails when something is worse than what was reached before. CI runs
# the carbon of 8000 atoms; one of 50 000 takes about five minutes of processor time: -C quality_long -L quality_long.
add_executable(carbon_quality quality/main.cpp quality/carbon_quality.cpp)
target_link_libraries(carbon_quality PRIVATE app CLI11::CLI11)
target_compile_definitions(carbon_quality PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_test(NAME quality.carbon_of_8000_atoms COMMAND carbon_quality --compare CONFIGURATIONS quality)
set_tests_properties(quality.carbon_of_8000_atoms PROPERTIES LABELS quality TIMEOUT 900 ENVIRONMENT OMP_NUM_THREADS=1)
add_test(NAME quality.carbon_of_50000_atoms COMMAND carbon_quality --atoms 50000 --compare CONFIGURATIONS quality_long)
set_tests_properties(quality.carbon_of_50000_atoms PROPERTIES LABELS quality_long TIMEOUT 7200)

# Carbons of five furnace temperatures up to their voltage curves (six minutes of processor time): prints the table of
# benchmarks/README.md and fails when a trend is lost that was there.
add_test(NAME quality.temperature_series CONFIGURATIONS quality
  COMMAND ${system_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/quality/temperature_series.py $<TARGET_FILE:program> --compare)
set_tests_properties(quality.temperature_series
  PROPERTIES LABELS quality SKIP_RETURN_CODE 77 TIMEOUT 3600 ENVIRONMENT OMP_NUM_THREADS=1)
