# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# GCC for CMAKE_SYSTEM_PROCESSOR: the cross-compiler's names, versioned or not, and on
# that machine itself the short ones too. The kernel decides which GCC compiles modules:
# the partner of the one that built it, as far as it is installed.

set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY) # modules need no C library, nor does this test

set(_kcxx_beginnings "${CMAKE_SYSTEM_PROCESSOR}-linux-gnu-")
if(CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL CMAKE_SYSTEM_PROCESSOR)
  list(PREPEND _kcxx_beginnings "")
endif()

function(_kcxx_find_gcc language driver)
  if(CMAKE_${language}_COMPILER)
    return()
  endif()
  set(names)
  foreach(beginning IN LISTS _kcxx_beginnings)
    list(APPEND names ${beginning}${driver})
  endforeach()
  foreach(version RANGE 19 12 -1)
    foreach(beginning IN LISTS _kcxx_beginnings)
      list(APPEND names ${beginning}${driver}-${version})
    endforeach()
  endforeach()
  find_program(CMAKE_${language}_COMPILER NAMES ${names})
  if(NOT CMAKE_${language}_COMPILER)
    list(GET _kcxx_beginnings -1 beginning)
    if(CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL CMAKE_SYSTEM_PROCESSOR)
      set(package g++)
    else()
      string(REPLACE _ - package "g++-${CMAKE_SYSTEM_PROCESSOR}-linux-gnu")
    endif()
    message(FATAL_ERROR
      "kcxx: no ${driver} for ${CMAKE_SYSTEM_PROCESSOR}.\n"
      "  found:  none of ${beginning}${driver}, ${beginning}${driver}-19 … -12 in PATH\n"
      "  needed: GCC 12 or newer that compiles for ${CMAKE_SYSTEM_PROCESSOR}\n"
      "  type:   apt-get install ${package}\n"
      "          or cmake -D CMAKE_${language}_COMPILER=<program>, or take the toolchain of Clang")
  endif()
endfunction()

_kcxx_find_gcc(C gcc)
_kcxx_find_gcc(CXX g++)
