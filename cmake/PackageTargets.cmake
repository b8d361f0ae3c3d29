# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The targets of add_dkms_package() beside the tree: one for each kind of package.

# Adds @target, which packs the files of Write@what@Files.cmake in @work/@folder with CPack's @generator
function(_kcxx_add_package target generator what folder work)
  _kcxx_get_record(cmake_dir kcxx.cmake_dir)
  add_custom_target(${target}
    COMMAND "${CMAKE_COMMAND}" -D "PLAN=${work}/plan.cmake" ${ARGN} -P "${cmake_dir}/Write${what}Files.cmake"
    COMMAND "${CMAKE_CPACK_COMMAND}" -G ${generator} --config "${work}/${folder}/cpack.cmake"
    COMMENT "Packing ${target}" VERBATIM)
endfunction()

# Adds <name>-modules-deb and -rpm: the modules as they are built, for this kernel
function(_kcxx_add_prebuilt_packages name work)
  _kcxx_get_record(modules "package.modules ${name}")
  set(content)
  foreach(pair IN ITEMS "release;kbuild.variable RELEASE" "srcarch;kbuild.variable SRCARCH"
      "kernel_directory;kernel.directory")
    list(POP_FRONT pair variable record)
    _kcxx_get_record(value "${record}")
    string(APPEND content "set(${variable} [==[${value}]==])\n")
  endforeach()
  list(TRANSFORM modules REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE files)
  file(GENERATE OUTPUT "${work}/built$<CONFIG>.cmake" CONTENT "${content}set(files [==[${files}]==])\n")
  foreach(kind IN ITEMS DEB RPM)
    string(TOLOWER "${name}-modules-${kind}" target)
    _kcxx_add_package(${target} ${kind} Prebuilt prebuilt-${kind} "${work}"
      -D "BUILT=${work}/built$<CONFIG>.cmake" -D KIND=${kind})
    add_dependencies(${target} ${modules})
  endforeach()
endfunction()

# Adds all targets of the package @name, whose plan is in @work
function(_kcxx_add_packages name work)
  _kcxx_add_package(${name}-dkms-deb DEB Debian debian "${work}")
  _kcxx_add_package(${name}-dkms-rpm RPM Rpm rpm "${work}")
  _kcxx_get_record(cmake_dir kcxx.cmake_dir)
  add_custom_target(${name}-dkms-tarball
    COMMAND "${CMAKE_COMMAND}" -D "PLAN=${work}/plan.cmake" -P "${cmake_dir}/WriteTarball.cmake"
    COMMENT "Packing the sources of ${name}" VERBATIM)
  add_custom_target(${name}-kmod-srpm COMMAND "${CMAKE_COMMAND}" -D "PLAN=${work}/plan.cmake"
      -P "${cmake_dir}/WriteKmodSrpm.cmake"
    COMMENT "Packing ${name} for akmods" VERBATIM)
  add_dependencies(${name}-kmod-srpm ${name}-dkms-tarball)
  _kcxx_get_record(verify "package.verify ${name}")
  set(tree ${name}-dkms)
  if(verify)
    set(tree ${name}-dkms-check)
  endif()
  foreach(target IN ITEMS ${name}-dkms-deb ${name}-dkms-rpm ${name}-dkms-tarball)
    add_dependencies(${target} ${tree})
  endforeach()
  _kcxx_get_record(prebuilt "package.prebuilt ${name}")
  if(prebuilt)
    _kcxx_add_prebuilt_packages("${name}" "${work}")
  endif()
  _kcxx_add_common_packages("${name}" "${work}")
endfunction()
