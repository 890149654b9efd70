# The biomass rules as rate equations, without the lattice: a second road to the same yields.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME carbonize.rate_equations_of_the_biomass_rules_give_the_known_yields
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/carbonize/mean_field_check.py ${PROJECT_SOURCE_DIR}/inputs)
set_tests_properties(carbonize.rate_equations_of_the_biomass_rules_give_the_known_yields
  PROPERTIES LABELS carbonize SKIP_RETURN_CODE 77)
