# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The kernels that a module is for: KERNEL_MIN, KERNEL_MAX, ARCH and REQUIRES of
# add_kernel_module(). cxxavailable.sh checks them, and this file acts on the result. A
# module that is not for this kernel stays a target, so that all calls that name it
# work; it is left out of all, of the tests and of the installation.

# Sets @result to the constraints in ARG_*, as options of cxxavailable.sh; fatal if one is
# wrong. The project has written them, so errors show the call to write instead.
function(_kcxx_check_constraints name result)
  set(options)
  foreach(keyword IN ITEMS KERNEL_MIN KERNEL_MAX)
    if(DEFINED ARG_${keyword})
      if(NOT ARG_${keyword} MATCHES "^[1-9][0-9]*(\\.(0|[1-9][0-9]*))(\\.(0|[1-9][0-9]*))?$")
        _kcxx_refuse_constraint("${name}" "${keyword} ${ARG_${keyword}}"
          "a kernel version of two or three numbers" "${keyword} 6.6")
      endif()
      string(TOLOWER "${keyword}" option)
      string(REPLACE "_" "-" option "${option}")
      list(APPEND options --${option} "${ARG_${keyword}}")
    endif()
  endforeach()
  if(ARG_KERNEL_MIN AND ARG_KERNEL_MAX)
    # 6.12 includes 6.12.5: only as many numbers as both have are compared
    string(REGEX MATCH "^[0-9]+\\.[0-9]+" lowest "${ARG_KERNEL_MIN}")
    string(REGEX MATCH "^[0-9]+\\.[0-9]+" highest "${ARG_KERNEL_MAX}")
    if(lowest VERSION_GREATER highest OR (ARG_KERNEL_MAX MATCHES "\\..*\\."
        AND ARG_KERNEL_MIN VERSION_GREATER ARG_KERNEL_MAX))
      _kcxx_refuse_constraint("${name}" "KERNEL_MIN ${ARG_KERNEL_MIN} KERNEL_MAX ${ARG_KERNEL_MAX}"
        "a range that some kernel is in" "KERNEL_MIN ${ARG_KERNEL_MAX} KERNEL_MAX ${ARG_KERNEL_MIN}")
    endif()
  endif()
  foreach(arch IN LISTS ARG_ARCH)
    if(NOT arch MATCHES "^(x86_64|arm64|riscv64)$")
      _kcxx_refuse_constraint("${name}" "ARCH ${arch}" "x86_64, arm64 or riscv64" "ARCH x86_64")
    endif()
    list(APPEND options --only-arch "${arch}")
  endforeach()
  foreach(option IN LISTS ARG_REQUIRES)
    if(NOT option MATCHES "^CONFIG_[A-Za-z0-9_]+$")
      _kcxx_refuse_constraint("${name}" "REQUIRES ${option}"
        "options of the kernel's configuration" "REQUIRES CONFIG_USB")
    endif()
    list(APPEND options --requires "${option}")
  endforeach()
  set(${result} "${options}" PARENT_SCOPE)
endfunction()

function(_kcxx_refuse_constraint name found needed type)
  message(FATAL_ERROR
    "kcxx: add_kernel_module(${name}): no constraint.\n"
    "  found:  ${found}\n  needed: ${needed}; sources go before the keywords\n"
    "  type:   add_kernel_module(${name} ${name}.cc ${type})")
endfunction()

# Sets @result to the reason why a module with these constraints is not for this kernel; empty
# if it is. Several modules often have the same constraints: the answer is kept while CMake runs.
function(_kcxx_exclusion result)
  if(NOT ARGN)
    set(${result} "" PARENT_SCOPE)
    return()
  endif()
  string(MAKE_C_IDENTIFIER "_KCXX_EXCLUSION_${ARGN}" kept)
  get_property(known GLOBAL PROPERTY ${kept} SET)
  if(NOT known)
    get_property(kernel GLOBAL PROPERTY _KCXX_KERNEL_DIRECTORY)
    _kcxx_check_command(command "${kernel}")
    execute_process(COMMAND ${command} --constraints --format json ${ARGN}
      RESULT_VARIABLE status OUTPUT_VARIABLE report ERROR_VARIABLE said)
    if(NOT status MATCHES "^(0|1|77)$")
      message(FATAL_ERROR "kcxx: cxxavailable.sh ended with ${status}.\n${said}")
    endif()
    set(reasons)
    if(status EQUAL 77)
      _kcxx_excluded_requirements("${report}" reasons)
    endif()
    set_property(GLOBAL PROPERTY ${kept} "${reasons}")
  endif()
  get_property(reasons GLOBAL PROPERTY ${kept})
  set(${result} "${reasons}" PARENT_SCOPE)
endfunction()

# "problem (found …, needed …)" of each requirement that is excluded in the JSON report
function(_kcxx_excluded_requirements report result)
  set(text)
  string(JSON last LENGTH "${report}" requirements)
  math(EXPR last "${last} - 1")
  foreach(index RANGE ${last})
    string(JSON status GET "${report}" requirements ${index} status)
    if(status STREQUAL "excluded")
      foreach(part IN ITEMS problem found needed)
        string(JSON ${part} GET "${report}" requirements ${index} ${part})
      endforeach()
      if(text)
        string(APPEND text ", and ")
      endif()
      string(APPEND text "${problem} (found ${found}, needed ${needed})")
    endif()
  endforeach()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Lets building @name by name fail with the reason, before anything is compiled
function(_kcxx_exclude_module name reason)
  message(STATUS "kcxx: ${name}: not for this kernel: ${reason}")
  set_property(GLOBAL PROPERTY _KCXX_EXCLUDED_${name} "${reason}")
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
  set_property(GLOBAL APPEND PROPERTY _KCXX_EXCLUDED_MODULES ${name})
endfunction()

# Adds the rules that remove the empty files, at the end of the project, after all its install rules
function(_kcxx_install_excluded)
  get_property(modules GLOBAL PROPERTY _KCXX_EXCLUDED_MODULES)
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
