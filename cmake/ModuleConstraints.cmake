# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The kernels that a module is for: KERNEL_MIN, KERNEL_MAX, ARCH and REQUIRES of
# add_kernel_module(). cxxavailable.sh checks them, and this file acts on the result. A
# module that is not for this kernel stays a target, so that all calls that name it
# work; it is left out of all, of the tests and of the installation.

# Sets @result to constraints as options of cxxavailable.sh; fatal if one is wrong. @kernel_min, @kernel_max, @arch and
# @requires are the values of the keywords, or empty. The project has written them, so errors show the call to write.
function(_kcxx_check_constraints name result kernel_min kernel_max arch requires)
  set(options)
  foreach(bound IN ITEMS min max)
    set(version "${kernel_${bound}}")
    string(TOUPPER "kernel_${bound}" keyword)
    if(NOT version STREQUAL "")
      if(NOT version MATCHES "^[1-9][0-9]*(\\.(0|[1-9][0-9]*))(\\.(0|[1-9][0-9]*))?$")
        _kcxx_refuse_constraint("${name}" "${keyword} ${version}" "a kernel version of two or three numbers" "${keyword} 6.6")
      endif()
      list(APPEND options --kernel-${bound} "${version}")
    endif()
  endforeach()
  if(kernel_min AND kernel_max)
    # 6.12 includes 6.12.5: only as many numbers as both have are compared
    string(REGEX MATCH "^[0-9]+\\.[0-9]+" lowest "${kernel_min}")
    string(REGEX MATCH "^[0-9]+\\.[0-9]+" highest "${kernel_max}")
    if(lowest VERSION_GREATER highest OR (kernel_max MATCHES "\\..*\\." AND kernel_min VERSION_GREATER kernel_max))
      _kcxx_refuse_constraint("${name}" "KERNEL_MIN ${kernel_min} KERNEL_MAX ${kernel_max}"
        "a range that some kernel is in" "KERNEL_MIN ${kernel_max} KERNEL_MAX ${kernel_min}")
    endif()
  endif()
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_architecture_names(known "${kbuild}")
  foreach(one IN LISTS arch)
    if(NOT one IN_LIST known)
      list(JOIN known ", " known)
      string(REGEX REPLACE ", ([^,]*)$" " or \\1" known "${known}")
      _kcxx_refuse_constraint("${name}" "ARCH ${one}" "${known}" "ARCH x86_64")
    endif()
    list(APPEND options --only-arch "${one}")
  endforeach()
  foreach(option IN LISTS requires)
    if(NOT option MATCHES "^CONFIG_[A-Za-z0-9_]+$")
      _kcxx_refuse_constraint("${name}" "REQUIRES ${option}"
        "options of the kernel's configuration" "REQUIRES CONFIG_USB")
    endif()
    list(APPEND options --requires "${option}")
  endforeach()
  set(${result} "${options}" PARENT_SCOPE)
endfunction()

function(_kcxx_refuse_constraint name found needed type)
  _kcxx_refuse_call(add_kernel_module "${name}" "no constraint" "${found}" "${needed}; sources go before the keywords"
    "add_kernel_module(${name} ${name}.cc ${type})")
endfunction()

# Sets @result to the reason why a module with these constraints is not for this kernel; empty
# if it is. Several modules often have the same constraints: the answer is kept while CMake runs.
function(_kcxx_exclusion result)
  if(NOT ARGN)
    set(${result} "" PARENT_SCOPE)
    return()
  endif()
  _kcxx_get_record(checked "constraints.checked ${ARGN}")
  if(NOT checked)
    _kcxx_get_record(kernel kernel.directory)
    _kcxx_check_command(command "${kernel}")
    execute_process(COMMAND ${command} --constraints --format json ${ARGN}
      RESULT_VARIABLE status OUTPUT_VARIABLE report ERROR_VARIABLE output)
    if(NOT status MATCHES "^(0|1|77)$")
      message(FATAL_ERROR "kcxx: cxxavailable.sh ended with ${status}.\n${output}")
    endif()
    set(reasons)
    if(status EQUAL 77)
      _kcxx_requirements("${report}" "^excluded$" "@problem@ (found @found@, needed @needed@)" ", and " reasons)
    endif()
    _kcxx_set_record("constraints.excluded ${ARGN}" "${reasons}")
    _kcxx_set_record("constraints.checked ${ARGN}" TRUE)
  endif()
  _kcxx_get_record(reasons "constraints.excluded ${ARGN}")
  set(${result} "${reasons}" PARENT_SCOPE)
endfunction()

# Lets building @name by name fail with the reason, before anything is compiled
function(_kcxx_exclude_module name reason)
  message(STATUS "kcxx: ${name}: not for this kernel: ${reason}")
  _kcxx_set_record("module.excluded ${name}" "${reason}")
  add_custom_target(${name}-excluded
    COMMAND "${CMAKE_COMMAND}" -E echo "*** kcxx: ${name}: not for this kernel: ${reason}"
    COMMAND "${CMAKE_COMMAND}" -E false
    COMMENT "" VERBATIM)
  add_dependencies(${name} ${name}-excluded)

  # install(TARGETS) without OPTIONAL fails if the file is missing. So an empty file
  # takes its place while the install rules run; _kcxx_install_excluded() then removes
  # it, and the files that were installed from it.
  install(CODE "if(NOT EXISTS \"$<TARGET_FILE:${name}>\")
  file(TOUCH \"$<TARGET_FILE:${name}>\")
endif()" ALL_COMPONENTS)
  _kcxx_append_record(project.excluded_modules ${name})
endfunction()

# Adds the rules that remove the empty files, at the end of the project, after all its install rules
function(_kcxx_install_excluded)
  _kcxx_get_record(modules project.excluded_modules)
  foreach(name IN LISTS modules)
    string(CONFIGURE [[
      file(REMOVE "$<TARGET_FILE:@name@>")
      set(_kcxx_kept)
      foreach(_kcxx_file IN LISTS CMAKE_INSTALL_MANIFEST_FILES)
        if(_kcxx_file MATCHES "/@name@\\.ko$")
          message(STATUS "Not for this kernel: ${_kcxx_file}")
          file(REMOVE "$ENV{DESTDIR}${_kcxx_file}")
        else()
          list(APPEND _kcxx_kept "${_kcxx_file}")
        endif()
      endforeach()
      set(CMAKE_INSTALL_MANIFEST_FILES "${_kcxx_kept}")
    ]] code @ONLY)
    install(CODE "${code}" ALL_COMPONENTS)
  endforeach()
endfunction()
