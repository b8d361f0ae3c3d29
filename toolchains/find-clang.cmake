# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Clang for CMAKE_SYSTEM_PROCESSOR: every Clang compiles for all of them, so any that is new
# enough works, with a version in its name or not; the newest is taken. Kbuild uses LLVM's
# tools too, if they are installed beside it: ld.lld, llvm-objcopy and the others.

set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY) # modules need no C library, nor does this test

function(_kcxx_find_clang language driver)
  set(CMAKE_${language}_COMPILER_TARGET ${CMAKE_SYSTEM_PROCESSOR}-linux-gnu PARENT_SCOPE)
  if(CMAKE_${language}_COMPILER)
    return()
  endif()
  set(names)
  foreach(version RANGE 29 19 -1)
    list(APPEND names ${driver}-${version})
  endforeach()
  find_program(CMAKE_${language}_COMPILER NAMES ${names} ${driver})
  if(NOT CMAKE_${language}_COMPILER)
    message(FATAL_ERROR
      "kcxx: no ${driver}.\n"
      "  found:  none of ${driver}-29 … ${driver}-19, ${driver} in PATH\n"
      "  needed: Clang 19 or newer\n"
      "  type:   apt-get install clang-19 lld-19 llvm-19\n"
      "          or cmake -D CMAKE_${language}_COMPILER=<program>, or take the toolchain of GCC")
  endif()
endfunction()

_kcxx_find_clang(C clang)
_kcxx_find_clang(CXX clang++)
