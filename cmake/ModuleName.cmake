# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Checks the names of modules. reserved-module-names.txt has a line for each reason: a regular expression of
# names, a tab, and the owner of those names. `kcxx new` reads it as well.

# Ends with an error unless a module can be called @name
function(_kcxx_check_module_name name)
  string(LENGTH "${name}" length)
  if(NOT name MATCHES "^[A-Za-z0-9_][A-Za-z0-9_-]*$" OR NOT length LESS 56)
    # Kbuild makes a C identifier and file names of them.
    message(FATAL_ERROR
      "kcxx: add_kernel_module: '${name}' cannot be the name of a module.\n"
      "  found:  '${name}', ${length} characters\n"
      "  needed: letters, digits, _ and -, not starting with -, at most 55: the kernel\n"
      "          keeps names in 56 bytes, and Kbuild makes C identifiers of them\n"
      "  type:   add_kernel_module(my_module my_module.cc)")
  endif()
  _kcxx_owner_of_name("${name}" whose)
  if(whose)
    message(FATAL_ERROR
      "kcxx: add_kernel_module: '${name}' cannot be the name of a module.\n"
      "  found:  '${name}': ${whose}\n"
      "  needed: a name of its own\n"
      "  type:   add_kernel_module(my_${name} ${name}.cc)")
  endif()
endfunction()

# Sets @result to the owner of the name @name, or to ""
function(_kcxx_owner_of_name name result)
  set(${result} "" PARENT_SCOPE)
  _kcxx_get_record(cmake_dir kcxx.cmake_dir)
  file(STRINGS "${cmake_dir}/reserved-module-names.txt" lines)
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([^\t]+)\t(.+)$" matched "${line}")
    set(names "${CMAKE_MATCH_1}")
    set(whose "${CMAKE_MATCH_2}")
    if(name MATCHES "^(${names})$")
      string(REPLACE "<name>" "${name}" whose "${whose}")
      set(${result} "${whose}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()
