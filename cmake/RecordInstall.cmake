# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Records what cmake --install puts where, for the target uninstall: kcxx-installed.txt in the build
# directory has each file, and each directory that was not there before, which ends in /. CMake's own
# install_manifest.txt has no directories, and cpack writes it as well: with the paths of its packages.

set(_kcxx_install_record "${PROJECT_BINARY_DIR}/kcxx-installed.txt")

# Adds the first install rule: it finds out which of the directories that install rules name are new
function(_kcxx_record_new_directories)
  set(directories "${CMAKE_INSTALL_BINDIR}" "${CMAKE_INSTALL_MANDIR}/man1")
  foreach(folder IN ITEMS kcxx cmake/kcxx bash-completion/completions fish/vendor_completions.d
      zsh/site-functions zsh/vendor-completions)
    list(APPEND directories "${CMAKE_INSTALL_DATADIR}/${folder}")
  endforeach()
  string(CONFIGURE [[
    set(_kcxx_new_directories)
    cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_PREFIX NORMALIZE) # --prefix may be relative
    foreach(_kcxx_directory IN ITEMS @directories@)
      cmake_path(ABSOLUTE_PATH _kcxx_directory BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)
      while(NOT EXISTS "${_kcxx_directory}")
        list(APPEND _kcxx_new_directories "${_kcxx_directory}/")
        cmake_path(GET _kcxx_directory PARENT_PATH _kcxx_directory)
      endwhile()
    endforeach()
  ]] code @ONLY)
  install(CODE "${code}")
endfunction()

# Adds the last install rule: it writes the record. An installation that is staged for a package is not recorded.
function(_kcxx_record_files)
  string(CONFIGURE [[
    if("$ENV{DESTDIR}" STREQUAL "" AND NOT CMAKE_INSTALL_PREFIX MATCHES "/_CPack_Packages/")
      set(_kcxx_record ${CMAKE_INSTALL_MANIFEST_FILES} ${_kcxx_new_directories})
      if(EXISTS "@_kcxx_install_record@")
        file(STRINGS "@_kcxx_install_record@" _kcxx_earlier)
        foreach(_kcxx_file IN LISTS _kcxx_earlier)
          if(EXISTS "${_kcxx_file}")
            list(APPEND _kcxx_record "${_kcxx_file}")
          endif()
        endforeach()
      endif()
      list(REMOVE_DUPLICATES _kcxx_record)
      list(SORT _kcxx_record)
      list(JOIN _kcxx_record "\n" _kcxx_record)
      file(WRITE "@_kcxx_install_record@" "${_kcxx_record}\n")
    endif()
  ]] code @ONLY)
  install(CODE "${code}")
endfunction()

# Adds the target uninstall
function(_kcxx_add_uninstall)
  add_custom_target(uninstall
    COMMAND "${CMAKE_COMMAND}" -D "RECORD=${_kcxx_install_record}" -D "BUILD=${PROJECT_BINARY_DIR}"
      -P "${PROJECT_SOURCE_DIR}/cmake/UninstallKcxx.cmake"
    VERBATIM USES_TERMINAL)
endfunction()
