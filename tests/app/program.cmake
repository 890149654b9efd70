# The program as a user meets it.
set(system_python /usr/bin/python3)  # the one that has the distribution's h5py

add_test(NAME program.refuses_wrong_input
  COMMAND ${system_python} ${CMAKE_CURRENT_SOURCE_DIR}/app/bad_input.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR})
add_test(NAME program.foreign_readers_open_a_run
  COMMAND ${system_python} ${CMAKE_CURRENT_SOURCE_DIR}/app/foreign_run.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR})
add_test(NAME program.imported_carbon
  COMMAND ${system_python} ${CMAKE_CURRENT_SOURCE_DIR}/app/imported_carbon.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR})
add_test(NAME program.failed_runs_say_so
  COMMAND ${system_python} ${CMAKE_CURRENT_SOURCE_DIR}/app/failed_run.py $<TARGET_FILE:program>)
add_test(NAME program.carbonize_writes_what_it_says
  COMMAND ${system_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/app/carbonize_command.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR})
foreach(what threads ranks resume stage)
  add_test(NAME program.same_results_${what}
    COMMAND ${system_python} ${CMAKE_CURRENT_SOURCE_DIR}/app/same_results.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR}
            ${what})
endforeach()
foreach(what describe package examples)
  add_test(NAME program.reading_${what}
    COMMAND ${system_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/app/reading.py $<TARGET_FILE:program> ${PROJECT_SOURCE_DIR} ${what})
endforeach()
add_test(NAME program.relax_in_bricks
  COMMAND ${system_python} ${CMAKE_CURRENT_SOURCE_DIR}/app/relax_in_bricks.py $<TARGET_FILE:program>)
set_tests_properties(program.relax_in_bricks PROPERTIES LABELS program SKIP_RETURN_CODE 77 TIMEOUT 600 PROCESSORS 2)
add_test(NAME program.launcher COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/app/launcher.sh ${PROJECT_SOURCE_DIR})
add_test(NAME program.installs_and_serves_a_consumer
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/app/install.sh ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
set_tests_properties(program.refuses_wrong_input program.imported_carbon program.failed_runs_say_so program.carbonize_writes_what_it_says
  program.foreign_readers_open_a_run program.same_results_threads program.same_results_ranks
  program.same_results_resume program.same_results_stage program.reading_describe program.reading_package
  program.reading_examples program.launcher program.installs_and_serves_a_consumer
  PROPERTIES LABELS program SKIP_RETURN_CODE 77 TIMEOUT 600)
set_tests_properties(program.same_results_threads program.same_results_ranks program.same_results_resume
  program.same_results_stage PROPERTIES PROCESSORS 2)
