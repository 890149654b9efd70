# Quality of a generated carbon. Not in the default run (a minute of processor time):
#   ctest --preset release -C quality -L quality -V
# Targets are printed with their verdicts; the test fails when something is worse than what was reached before.
add_executable(carbon_quality quality/main.cpp quality/carbon_quality.cpp)
target_link_libraries(carbon_quality PRIVATE app CLI11::CLI11)
target_compile_definitions(carbon_quality PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_test(NAME quality.carbon_of_8000_atoms COMMAND carbon_quality --compare CONFIGURATIONS quality)
set_tests_properties(quality.carbon_of_8000_atoms PROPERTIES LABELS quality TIMEOUT 900 ENVIRONMENT OMP_NUM_THREADS=1)
