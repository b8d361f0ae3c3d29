# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Run at the end of cmake --install: prints the lines that work with the prefix in use. Reads
# _kcxx_bindir and _kcxx_datadir, as seen from that prefix, and _kcxx_has_program.

cmake_policy(VERSION 3.25)
cmake_path(ABSOLUTE_PATH _kcxx_bindir BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)
cmake_path(ABSOLUTE_PATH _kcxx_datadir BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)

# CMake looks beside directories of PATH, too
string(REPLACE ":" ";" _kcxx_path "$ENV{PATH}")
set(_kcxx_program "${_kcxx_bindir}/kcxx")
set(_kcxx_find " -D CMAKE_PREFIX_PATH=${CMAKE_INSTALL_PREFIX}")
if(_kcxx_bindir IN_LIST _kcxx_path)
  set(_kcxx_program kcxx)
  set(_kcxx_find)
elseif(CMAKE_INSTALL_PREFIX MATCHES "^(/usr|/usr/local)$")
  set(_kcxx_find)
endif()

message(STATUS "kcxx is installed in ${CMAKE_INSTALL_PREFIX}. To use it:")
if(_kcxx_has_program)
  message(STATUS "  a new module   ${_kcxx_program} new pump")
endif()
message(STATUS "  CMake          cmake -B build${_kcxx_find}")
message(STATUS "  cross-compile  cmake -B build${_kcxx_find} --toolchain ${_kcxx_datadir}/kcxx/toolchains/arm64-clang.cmake")
message(STATUS "  Kbuild file    include ${_kcxx_datadir}/kcxx/kbuild/Makefile.cxx")
