# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D PLAN=<plan.cmake> -P WriteRpmFiles.cmake
#
# Writes what CPack needs for an .rpm of the DKMS tree that add_dkms_package() planned: its
# configuration, the scripts of the package, its changelog.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/PackageRequirements.cmake")
include("${PLAN}")
_kcxx_require_rpm("${name}" "${contact}" "${license}")

list(JOIN modules ", " modules_text)
_kcxx_depend_on_common("${common}" "${version}" depends_on_common requires_common)
set(compiler_packages "(gcc-c++ or clang), ")
if(NOT has_cxx)
  set(compiler_packages "")
endif()
string(TIMESTAMP date "%a %b %d %Y" UTC) # or SOURCE_DATE_EPOCH
set(cmake_dir "${CMAKE_CURRENT_LIST_DIR}")
set(rpm "${work}/rpm")
file(REMOVE_RECURSE "${rpm}")
foreach(script IN ITEMS posttrans preun)
  configure_file("${templates}/rpm/${script}.in" "${rpm}/${script}" @ONLY)
endforeach()
configure_file("${templates}/rpm/changelog.txt" "${rpm}/changelog" @ONLY)
configure_file("${templates}/rpm/dkms.cmake.in" "${rpm}/cpack.cmake" @ONLY)
