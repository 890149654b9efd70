# Energies and forces compared with LAMMPS on one structure and one parameter file. Skipped where lmp is not installed.
# A comparison is a script <potential>_against_<reference>.py in this folder; it is called with evaluate_structure and the
# top of the source tree. It runs with the system's Python, which has numpy.
set(potentials_folder ${CMAKE_CURRENT_LIST_DIR})
add_executable(evaluate_structure ${potentials_folder}/evaluate_structure.cpp)
target_link_libraries(evaluate_structure PRIVATE io potentials)

file(GLOB comparisons CONFIGURE_DEPENDS ${potentials_folder}/*_against_*.py)
foreach(comparison ${comparisons})
  get_filename_component(name ${comparison} NAME_WE)
  add_test(NAME potentials.${name}
           COMMAND /usr/bin/python3 ${comparison} $<TARGET_FILE:evaluate_structure> ${PROJECT_SOURCE_DIR})
  set_tests_properties(potentials.${name} PROPERTIES SKIP_RETURN_CODE 77 LABELS potentials TIMEOUT 120)
endforeach()
