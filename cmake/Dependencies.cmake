# External libraries. Every one is a Debian package; the launcher `cardhouse` installs them.
# Read again by the installed package configuration, so that a consumer finds what the static libraries need.
enable_language(C)  # FindHDF5 compiles a C program
find_package(MPI REQUIRED COMPONENTS CXX)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(PkgConfig REQUIRED)
if(CMAKE_BINARY_DIR MATCHES " ")  # FindHDF5 asks the compiler wrapper h5pcc, which cannot work below such a folder
  pkg_check_modules(HDF5 REQUIRED IMPORTED_TARGET hdf5-openmpi)
  add_library(hdf5::hdf5 ALIAS PkgConfig::HDF5)
else()
  set(HDF5_PREFER_PARALLEL ON)
  find_package(HDF5 REQUIRED COMPONENTS C)
  if(NOT HDF5_IS_PARALLEL)
    message(FATAL_ERROR "Cardhouse needs a parallel HDF5 (Debian: libhdf5-openmpi-dev); found a serial one")
  endif()
endif()
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(FFTW REQUIRED IMPORTED_TARGET fftw3)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
find_path(VOROPP_INCLUDE_DIR voro++/voro++.hh REQUIRED)  # Debian: voro++-dev
find_library(VOROPP_LIBRARY voro++ REQUIRED)
