# The program `cardhouse`, its version header, and the installation with a CMake package.
find_package(Git QUIET)
add_custom_target(git_version
  COMMAND ${CMAKE_COMMAND} -DGIT=${GIT_EXECUTABLE} -DSOURCE=${PROJECT_SOURCE_DIR}
          -DTARGET=${PROJECT_BINARY_DIR}/generated/git_version.hpp -P ${PROJECT_SOURCE_DIR}/cmake/GitVersion.cmake
  BYPRODUCTS ${PROJECT_BINARY_DIR}/generated/git_version.hpp)

add_executable(program engine/app/main.cpp)
add_executable(Cardhouse::program ALIAS program)
set_target_properties(program PROPERTIES OUTPUT_NAME cardhouse EXPORT_NAME program)
target_link_libraries(program PRIVATE app)

get_target_property(app_type app TYPE)
if(NOT app_type STREQUAL INTERFACE_LIBRARY)
target_include_directories(app PRIVATE ${PROJECT_BINARY_DIR}/generated ${FFTW_INCLUDE_DIRS})
target_link_libraries(app PRIVATE hdf5::hdf5 MPI::MPI_CXX PkgConfig::FFTW)
file(RELATIVE_PATH data_from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DATADIR})
target_compile_definitions(app PRIVATE CARDHOUSE_VERSION="${PROJECT_VERSION}" CARDHOUSE_BUILD_TYPE="$<CONFIG>"
  CARDHOUSE_COMPILER="${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
  CARDHOUSE_INSTALL_DATA="${CMAKE_INSTALL_FULL_DATADIR}/cardhouse" CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  CARDHOUSE_DATA_FROM_PROGRAM="${data_from_program}/cardhouse")
add_dependencies(app git_version)
endif()

# The same places for the parameter files of potentials.
file(RELATIVE_PATH data_from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DATADIR})
target_compile_definitions(potentials PRIVATE CARDHOUSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  CARDHOUSE_INSTALL_DATA="${CMAKE_INSTALL_FULL_DATADIR}/cardhouse"
  CARDHOUSE_DATA_FROM_PROGRAM="${data_from_program}/cardhouse")

get_property(libraries GLOBAL PROPERTY CARDHOUSE_LIBRARIES)
install(TARGETS program build_options ${libraries} EXPORT CardhouseTargets)
install(EXPORT CardhouseTargets NAMESPACE Cardhouse:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Cardhouse)
install(DIRECTORY inputs DESTINATION ${CMAKE_INSTALL_DATADIR}/cardhouse)
install(DIRECTORY analysis/python DESTINATION ${CMAKE_INSTALL_DATADIR}/cardhouse/analysis FILES_MATCHING PATTERN "*.py")
include(CMakePackageConfigHelpers)
configure_package_config_file(cmake/CardhouseConfig.cmake.in ${PROJECT_BINARY_DIR}/CardhouseConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Cardhouse)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/CardhouseConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/CardhouseConfig.cmake ${PROJECT_BINARY_DIR}/CardhouseConfigVersion.cmake
        cmake/Dependencies.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Cardhouse)
