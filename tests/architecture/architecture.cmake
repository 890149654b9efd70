# The house itself: who may include whom.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(floors ${CMAKE_CURRENT_SOURCE_DIR}/architecture/floors.py)
add_test(NAME architecture.includes_go_only_downward COMMAND ${Python3_EXECUTABLE} ${floors} ${PROJECT_SOURCE_DIR})
add_test(NAME architecture.the_check_finds_every_kind_of_fault COMMAND ${Python3_EXECUTABLE} ${floors} --self-test)
set_tests_properties(architecture.includes_go_only_downward architecture.the_check_finds_every_kind_of_fault
  PROPERTIES LABELS architecture)
