# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The flags of an object, as the Kbuild file of the DKMS tree that WriteDkmsTree.cmake writes has them.

# One word for a recipe of make's: quoted for the shell, then for make
function(word_of text result)
  string(REPLACE "'" "'\\''" text "${text}")
  if(NOT text MATCHES "^[A-Za-z0-9_=./+-]+$")
    set(text "'${text}'")
  endif()
  string(REPLACE "$" "$$" text "${text}")
  string(REPLACE "#" "\\#" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# The directories in which the object of a C source finds headers before the kernel's:
# target_include_directories(BEFORE) has placed them there.
function(directories_before_kernel source result)
  set(flags)
  foreach(directory IN LISTS INCLUDE_DIRECTORIES)
    if(directory IN_LIST kernel_include)
      set(${result} "${flags}" PARENT_SCOPE)
      return()
    endif()
    place_of("${directory}" place)
    list(APPEND flags "-I$(src)/${place}")
  endforeach()
  set(${result} "" PARENT_SCOPE) # of C++
endfunction()

# Definitions, include directories and options that one object is compiled with
function(flags_of source result)
  set(flags)
  foreach(definition IN LISTS COMPILE_DEFINITIONS "COMPILE_DEFINITIONS ${source}")
    if(NOT definition MATCHES "^(__)?KBUILD_(MODNAME|BASENAME)=|^KCXX_FPU$") # Kbuild's own, and kcxx's
      string(REGEX REPLACE "^-D" "" definition "${definition}")
      word_of("-D${definition}" word)
      list(APPEND flags "${word}")
    endif()
  endforeach()
  foreach(directory IN LISTS INCLUDE_DIRECTORIES "INCLUDE_DIRECTORIES ${source}")
    if(directory IN_LIST kernel_include)
      continue()
    endif()
    place_of("${directory}" place)
    list(APPEND flags "-I$(src)/${place}")
    if(IS_DIRECTORY "${directory}")
      take_headers("${directory}")
    endif()
  endforeach()
  foreach(option IN LISTS COMPILE_OPTIONS "COMPILE_OPTIONS ${source}")
    if(option MATCHES "^SHELL:")
      refuse("an option that is not one word" "${option}" "options without SHELL:"
        "target_compile_options(… PRIVATE -one -two)")
    endif()
    word_of("${option}" word)
    list(APPEND flags "${word}")
  endforeach()
  list(JOIN flags " " text)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()
