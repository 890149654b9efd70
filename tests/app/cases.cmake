# Published pairs of samples, one test a file of inputs/cases; exit code 2 when an arrow comes out against what the file
# expects. The five twins below belong to every run of ctest, the others to the label `cases`:
#   ctest --preset release -C cases -L cases
set(twin_cases
  biomass_flash_same_peak_2026          # flash against furnace
  coconut_co2_etch_twin_2026            # CO2 etch or not
  glucose_zinc_magnesium_template_2023  # ZnO against MgO
  pitch_oxidised_twin_2026              # oxidised or not
  sucrose_heating_rate_2018)            # heating rate

file(GLOB case_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/inputs/cases/*.toml)
foreach(case_file ${case_files})
  get_filename_component(case ${case_file} NAME_WE)
  if(case IN_LIST twin_cases)
    add_test(NAME cases.${case} COMMAND program cases ${case})
    set(labels cases twin_cases)
  else()
    add_test(NAME cases.${case} COMMAND program cases ${case} CONFIGURATIONS cases)
    set(labels cases)
  endif()
  set_tests_properties(cases.${case} PROPERTIES LABELS "${labels}" TIMEOUT 300 ENVIRONMENT OMP_NUM_THREADS=1)
endforeach()

# Crosslinks and gas in pores of the reference of every precursor, about half a minute a seed.
add_test(NAME cases.references_of_the_precursors CONFIGURATIONS cases
  COMMAND ${system_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/carbonize/references.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR})
set_tests_properties(cases.references_of_the_precursors
  PROPERTIES LABELS cases SKIP_RETURN_CODE 77 TIMEOUT 1200 ENVIRONMENT OMP_NUM_THREADS=1)
