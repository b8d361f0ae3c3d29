# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D PLAN=<plan.cmake> -D BUILT=<built.cmake> -D KIND=<DEB or RPM> -P WritePrebuiltFiles.cmake
#
# Writes what CPack needs for a package of the modules that were built, for the one kernel they are
# for: its configuration and scripts, its documents, the modules themselves.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/PackageRequirements.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/Architectures.cmake")
include("${PLAN}")
include("${BUILT}")

# Names of Debian's packages have small letters, and no _
set(package "${name}-modules-${release}")
if(KIND STREQUAL "RPM")
  _kcxx_require_rpm("${name}" "${contact}" "${license}")
else()
  _kcxx_require_programs("a Debian package" "${name}" gzip gzip)
  _kcxx_require_contact("a Debian package" "${name}" "${contact}")
  string(TOLOWER "${package}" package)
  string(REPLACE "_" "-" package "${package}")
endif()

_kcxx_architecture(debian_machine "${kbuild}" srcarch "${srcarch}" debian)
_kcxx_architecture(rpm_machine "${kbuild}" srcarch "${srcarch}" machine)

# Kernels that distributions build have their release as salt, and packages of that name. For
# other kernels, the package is unknown, if there is one at all.
set(debian_depends kmod)
set(rpm_requires kmod)
file(STRINGS "${kernel_directory}/include/config/auto.conf" salt REGEX "^CONFIG_BUILD_SALT=")
string(REGEX REPLACE "^CONFIG_BUILD_SALT=|\"" "" salt "${salt}")
if(salt STREQUAL release)
  string(APPEND debian_depends ", linux-image-${release} | linux-image-${release}-unsigned")
  string(APPEND rpm_requires ", kernel-uname-r = ${release}")
endif()

# The directory that the kernel's own package has
string(REGEX MATCH "^/[a-z]+" first_directory "${destination}")

list(JOIN modules ", " modules_text)
_kcxx_depend_on_common("${common}" "${version}" depends_on_common requires_common)
set(cmake_dir "${CMAKE_CURRENT_LIST_DIR}")
set(folder "${work}/prebuilt-${KIND}")
file(REMOVE_RECURSE "${folder}")
file(COPY ${files} DESTINATION "${folder}/modules"
  FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
configure_file("${templates}/prebuilt/copyright.txt" "${folder}/doc/copyright" @ONLY)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # or SOURCE_DATE_EPOCH
if(KIND STREQUAL "DEB")
  configure_file("${templates}/prebuilt/changelog.txt" "${folder}/doc/changelog" @ONLY)
  execute_process(COMMAND gzip -9n "${folder}/doc/changelog" COMMAND_ERROR_IS_FATAL ANY)
endif()
string(TIMESTAMP date "%a %b %d %Y" UTC)
configure_file("${templates}/rpm/changelog.txt" "${folder}/rpm-changelog" @ONLY)
configure_file("${templates}/prebuilt/rpm-depmod.in" "${folder}/depmod" @ONLY)
foreach(script IN ITEMS postinst postrm)
  configure_file("${templates}/prebuilt/${script}.in" "${folder}/${script}" @ONLY)
  file(CHMOD "${folder}/${script}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
endforeach()
configure_file("${templates}/prebuilt/cpack.cmake.in" "${folder}/cpack.cmake" @ONLY)
