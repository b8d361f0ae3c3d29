# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D PLAN=<plan.cmake> -P WriteDebianFiles.cmake
#
# Writes what CPack needs for a .deb of the DKMS tree that add_dkms_package() planned:
# its configuration, the scripts of the package, its copyright and changelog.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/PackageRequirements.cmake")
include("${PLAN}")
_kcxx_require_programs("a Debian package" "${name}" gzip gzip)
_kcxx_require_contact("a Debian package" "${name}" "${contact}")

list(JOIN modules ", " modules_text)
_kcxx_depend_on_common("${common}" "${version}" depends_on_common requires_common)
set(compiler_packages "g++ | clang")
if(NOT has_cxx)
  set(compiler_packages "gcc | clang")
endif()
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # or SOURCE_DATE_EPOCH
set(debian "${work}/debian")
set(documents "${debian}/doc")
file(REMOVE_RECURSE "${debian}")
foreach(script IN ITEMS postinst prerm)
  configure_file("${templates}/dkms/${script}.in" "${debian}/${script}" @ONLY)
  file(CHMOD "${debian}/${script}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
endforeach()
configure_file("${templates}/dkms/copyright.txt" "${documents}/copyright" @ONLY)
configure_file("${templates}/dkms/changelog.txt" "${documents}/changelog" @ONLY)
execute_process(COMMAND gzip -9n "${documents}/changelog" COMMAND_ERROR_IS_FATAL ANY)
configure_file("${templates}/dkms/cpack.cmake.in" "${debian}/cpack.cmake" @ONLY)
