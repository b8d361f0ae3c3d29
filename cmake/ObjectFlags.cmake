# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The kernel's flags in two parts. Flags that decide how a source is read are flags of the target:
# compile_commands.json has them, and so have clangd and clang-tidy. compile-object.sh adds the flags that
# concern only the object: each compiler has its own, and clangd refuses those of GCC.

#[=======================================================================[.rst:
.. variable:: KCXX_ANALYSIS

  ``AUTO``: while GCC compiles the C++ of a module, Clang reads it too, if a
  ``clang++`` that is new enough is in the PATH; its analyses of locks, of sleep in
  atomic context and of lifetimes are errors of the build. ``ON`` requires that
  Clang; or set the variable to the command of one. A build by Clang has the
  analyses always. DKMS builds do without. Initialized by the environment
  variable of the same name, else to ``AUTO``.
#]=======================================================================]

set(_kcxx_analysis AUTO)
if(DEFINED ENV{KCXX_ANALYSIS})
  set(_kcxx_analysis "$ENV{KCXX_ANALYSIS}")
endif()
set(KCXX_ANALYSIS "${_kcxx_analysis}" CACHE STRING
  "Clang's analyses of C++ that GCC compiles: AUTO, ON, OFF, or the command of a Clang")
unset(_kcxx_analysis)

# Options -f… and -m… that decide how a source is read
_kcxx_get_record(_kcxx_kbuild kcxx.kbuild_dir)
file(STRINGS "${_kcxx_kbuild}/reading-flags.txt" _kcxx_reading_flags REGEX "^\\^")
_kcxx_set_record(flags.reading_options "${_kcxx_reading_flags}")

# Sets @result to TRUE if the option @word concerns only the object. -Werror does: other compilers have other warnings.
function(_kcxx_is_object_flag word result)
  set(${result} FALSE PARENT_SCOPE)
  if(NOT word MATCHES "^-[fm]|^-pg$|^--param|^-Werror$")
    return()
  endif()
  _kcxx_get_record(reading flags.reading_options)
  foreach(expression IN LISTS reading)
    if(word MATCHES "${expression}")
      return()
    endif()
  endforeach()
  set(${result} TRUE PARENT_SCOPE)
endfunction()

# Splits @flags, words of a shell, into two strings
function(_kcxx_split_flags flags reading_result object_result)
  # Clang's own headers are for its own version: another clangd has to use those beside itself.
  if(flags MATCHES " -isystem [^ ]*/lib/clang/[0-9.]+/include")
    string(REPLACE "${CMAKE_MATCH_0}" "" flags "${flags}")
    string(REPLACE "-nostdinc" "-nostdlibinc" flags "${flags}")
  endif()
  set(reading)
  set(object)
  set(part reading)
  set(previous)
  string(REPLACE " " ";" words "${flags}")
  foreach(word IN LISTS words)
    if(NOT previous MATCHES "^(-mllvm|-Xclang|--param|-include|-isystem)$") # their argument stays with them
      _kcxx_is_object_flag("${word}" is_object)
      set(part reading)
      if(is_object)
        set(part object)
      endif()
    endif()
    list(APPEND ${part} "${word}")
    set(previous "${word}")
  endforeach()
  list(JOIN reading " " reading)
  list(JOIN object " " object)
  set(${reading_result} "${reading}" PARENT_SCOPE)
  set(${object_result} "${object}" PARENT_SCOPE)
endfunction()

# Sets @result to the KCXX_ANALYSIS of kbuild/with-bindings.sh; to nothing, if there is no analysis
function(_kcxx_get_analysis result)
  set(${result} "${KCXX_ANALYSIS}" PARENT_SCOPE)
  if(KCXX_ANALYSIS MATCHES "^[Aa][Uu][Tt][Oo]$")
    _kcxx_get_record(kbuild kcxx.kbuild_dir)
    execute_process(COMMAND sh "${kbuild}/find-analyzer.sh" OUTPUT_VARIABLE analyzer OUTPUT_STRIP_TRAILING_WHITESPACE)
    string(REGEX REPLACE "(.+)" "auto \\1" analyzer "${analyzer}")
    set(${result} "${analyzer}" PARENT_SCOPE)
  elseif(KCXX_ANALYSIS MATCHES "^(1|[Oo][Nn]|[Yy]([Ee][Ss])?|[Tt][Rr][Uu][Ee])$")
    set(${result} y PARENT_SCOPE)
  elseif(NOT KCXX_ANALYSIS)
    set(${result} "" PARENT_SCOPE)
  endif()
endfunction()

# Splits the flags of each language into the records flags.reading; flags.include and flags.include_directories, the
# directories of headers; and flags.object_file, the file in @directory that compile-object.sh reads
function(_kcxx_write_object_flags directory)
  _kcxx_get_analysis(analysis)
  foreach(language IN ITEMS C CXX ASM)
    _kcxx_get_kbuild_variable(flags ${language}_FLAGS)
    _kcxx_split_flags("${flags}" reading object)
    string(REGEX MATCHALL "(^| )-I[^ ]+" include "${reading}")
    string(REGEX REPLACE "(^| )-I[^ ]+" "" reading "${reading}")
    list(TRANSFORM include REPLACE "^ " "")
    list(TRANSFORM include REPLACE "^-I" "" OUTPUT_VARIABLE directories)
    list(JOIN include " " include)
    _kcxx_set_record("flags.include ${language}" "${include}")
    _kcxx_set_record("flags.include_directories ${language}" "${directories}")
    _kcxx_set_record("flags.reading ${language}" "${reading}")
    string(REPLACE "'" "'\\''" object "${object}")
    set(file "${directory}/object-flags.${language}.sh")
    file(CONFIGURE OUTPUT "${file}" CONTENT
      "# Made by cmake/ObjectFlags.cmake\nKCXX_OBJECT_FLAGS='@object@'\nKCXX_ANALYSIS='@analysis@'\n" @ONLY)
    _kcxx_set_record("flags.object_file ${language}" "${file}")
  endforeach()
endfunction()
