# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Installs kcxx: the files for find_package(kcxx), the files for Kbuild, the program.

include(CMakePackageConfigHelpers)

set(KCXX_INSTALL_KBUILDDIR "${CMAKE_INSTALL_DATADIR}/kcxx/kbuild")
set(_kcxx_install_cmakedir "${CMAKE_INSTALL_DATADIR}/cmake/kcxx")

configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/kcxxConfig.cmake.in" kcxxConfig.cmake
  INSTALL_DESTINATION "${_kcxx_install_cmakedir}"
  PATH_VARS KCXX_INSTALL_KBUILDDIR)
write_basic_package_version_file(kcxxConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)

install(DIRECTORY "${PROJECT_SOURCE_DIR}/kbuild/" DESTINATION "${KCXX_INSTALL_KBUILDDIR}"
  USE_SOURCE_PERMISSIONS)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/cmake/" DESTINATION "${_kcxx_install_cmakedir}"
  USE_SOURCE_PERMISSIONS
  PATTERN "kcxxConfig.cmake.in" EXCLUDE
  PATTERN "*nstallKcxx.cmake" EXCLUDE
  PATTERN "RecordInstall.cmake" EXCLUDE
  PATTERN "ReportInstall.cmake" EXCLUDE
  PATTERN "PackageKcxx*.cmake" EXCLUDE)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/toolchains" "${PROJECT_SOURCE_DIR}/templates"
  "${PROJECT_SOURCE_DIR}/LICENSES" "${PROJECT_SOURCE_DIR}/survey" DESTINATION "${CMAKE_INSTALL_DATADIR}/kcxx"
  USE_SOURCE_PERMISSIONS
  PATTERN "templates/kcxx" EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/docs/check-report.schema.json" DESTINATION "${CMAKE_INSTALL_DATADIR}/kcxx")
install(FILES
  "${CMAKE_CURRENT_BINARY_DIR}/kcxxConfig.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/kcxxConfigVersion.cmake"
  DESTINATION "${_kcxx_install_cmakedir}")

if(TARGET kcxx)
  install(TARGETS kcxx EXPORT kcxxTools RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  install(EXPORT kcxxTools NAMESPACE kcxx:: DESTINATION "${_kcxx_install_cmakedir}")
endif()

_kcxx_record_files()
set(_kcxx_has_program FALSE)
if(TARGET kcxx)
  set(_kcxx_has_program TRUE)
endif()
install(CODE "set(_kcxx_bindir [[${CMAKE_INSTALL_BINDIR}]])
  set(_kcxx_datadir [[${CMAKE_INSTALL_DATADIR}]])
  set(_kcxx_has_program ${_kcxx_has_program})")
install(SCRIPT "${CMAKE_CURRENT_LIST_DIR}/ReportInstall.cmake")
if(PROJECT_IS_TOP_LEVEL)
  _kcxx_add_uninstall()
endif()
