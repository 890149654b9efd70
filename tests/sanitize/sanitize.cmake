# Tests under the address and undefined-behaviour sanitizers, which are built for it. Not in the default run:
#   ctest --preset release -C sanitize -L sanitize                    all rooms, a share of the slow ones' tests
#   ctest --preset release -C sanitize -R sanitize.ground_floors      what CI runs
set(sanitize ${CMAKE_CURRENT_SOURCE_DIR}/sanitize/sanitize.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/sanitize)
add_test(NAME sanitize.ground_floors CONFIGURATIONS sanitize COMMAND ${sanitize} base kinetics)
add_test(NAME sanitize.every_room CONFIGURATIONS sanitize
  COMMAND ${sanitize} base kinetics io structure/4 builder/4 carbonize/4 potentials/4 anneal/4 relax/4 sodium/4 transport/4 offlattice/4 analysis/4 fuzz)
set_tests_properties(sanitize.ground_floors sanitize.every_room
  PROPERTIES LABELS sanitize TIMEOUT 7200 PROCESSORS 2 RESOURCE_LOCK sanitize_build)
