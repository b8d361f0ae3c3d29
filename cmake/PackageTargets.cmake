# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The targets of add_dkms_package() beside the tree: one for each kind of package.

# A target @target that packs with CPack's @generator what Write@what@Files.cmake wrote into @work/@folder
function(_kcxx_add_package target generator what folder name work)
  get_property(cmake_dir GLOBAL PROPERTY _KCXX_CMAKE_DIR)
  add_custom_target(${target}
    COMMAND "${CMAKE_COMMAND}" -D "PLAN=${work}/plan.cmake" ${ARGN} -P "${cmake_dir}/Write${what}Files.cmake"
    COMMAND "${CMAKE_CPACK_COMMAND}" -G ${generator} --config "${work}/${folder}/cpack.cmake"
    COMMENT "Packing ${target}" VERBATIM)
endfunction()

# All of them for the package @name, whose plan is in @work
function(_kcxx_add_packages name work)
  _kcxx_add_package(${name}-dkms-deb DEB Debian debian "${name}" "${work}")
  _kcxx_add_package(${name}-dkms-rpm RPM Rpm rpm "${name}" "${work}")
  get_property(cmake_dir GLOBAL PROPERTY _KCXX_CMAKE_DIR)
  add_custom_target(${name}-dkms-tarball
    COMMAND "${CMAKE_COMMAND}" -D "PLAN=${work}/plan.cmake" -P "${cmake_dir}/WriteTarball.cmake"
    COMMENT "Packing the sources of ${name}" VERBATIM)
  foreach(target IN ITEMS ${name}-dkms-deb ${name}-dkms-rpm ${name}-dkms-tarball)
    add_dependencies(${target} ${name}-dkms)
  endforeach()
endfunction()
