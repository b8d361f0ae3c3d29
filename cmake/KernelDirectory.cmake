# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
KernelDirectory
---------------

Which kernel modules are built for.

.. variable:: KCXX_KERNEL

  A release (``6.12.117+deb12-amd64``) or a kernel build directory. Empty: the
  running kernel if its headers are installed, else the newest installed, else
  the newest that ``kcxx kernels get`` has fetched.
#]=======================================================================]

set(KCXX_KERNEL "" CACHE STRING "Kernel release or build directory to build modules for")

# Where the headers of a release may be, distribution by distribution
function(_kcxx_kernel_places release result)
  if(DEFINED ENV{KCXX_CACHE})
    set(cache "$ENV{KCXX_CACHE}")
  elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(cache "$ENV{XDG_CACHE_HOME}/kcxx")
  else()
    set(cache "$ENV{HOME}/.cache/kcxx")
  endif()
  set(${result}
    "/lib/modules/${release}/build"
    "/usr/src/linux-headers-${release}"
    "/usr/src/kernels/${release}"
    "${cache}/kernels/${release}/build"
    PARENT_SCOPE)
endfunction()

# The first place of a release that is a kernel build directory, or ""
function(_kcxx_kernel_of_release release result)
  _kcxx_kernel_places("${release}" places)
  foreach(place IN LISTS places)
    if(EXISTS "${place}/Makefile")
      set(${result} "${place}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${result} "" PARENT_SCOPE)
endfunction()

# The newest kernel there is: installed ones before fetched ones
function(_kcxx_newest_kernel result)
  _kcxx_kernel_places("*" patterns)
  foreach(pattern IN LISTS patterns)
    # Debian's -common headers have no configuration: they are half a kernel.
    file(GLOB found "${pattern}/include/generated/autoconf.h")
    if(found)
      list(SORT found COMPARE NATURAL ORDER DESCENDING)
      list(GET found 0 newest)
      string(REGEX REPLACE "/include/generated/autoconf.h$" "" newest "${newest}")
      set(${result} "${newest}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${result} "" PARENT_SCOPE)
endfunction()

# Sets ``result`` to the directory KCXX_KERNEL stands for. Fatal if there is none.
function(_kcxx_find_kernel result)
  if(KCXX_KERNEL MATCHES "/")
    set(directory "${KCXX_KERNEL}")
  elseif(KCXX_KERNEL)
    _kcxx_kernel_of_release("${KCXX_KERNEL}" directory)
    if(NOT directory)
      _kcxx_kernel_places("${KCXX_KERNEL}" places)
      list(JOIN places "\n             " places)
      message(FATAL_ERROR
        "kcxx: no headers of kernel ${KCXX_KERNEL} (KCXX_KERNEL).\n"
        "  looked in: ${places}\n"
        "  needed:    its headers package, or a kernel build directory\n"
        "  type:      apt-get install linux-headers-${KCXX_KERNEL}\n"
        "             or kcxx kernels get ${KCXX_KERNEL}\n"
        "             or cmake -DKCXX_KERNEL=<directory>")
    endif()
  else()
    _kcxx_kernel_of_release("${CMAKE_HOST_SYSTEM_VERSION}" directory)
    if(NOT directory)
      _kcxx_newest_kernel(directory)
    endif()
    if(NOT directory)
      message(FATAL_ERROR
        "kcxx: no kernel headers are installed.\n"
        "  found:  none of kernel ${CMAKE_HOST_SYSTEM_VERSION}, which runs, nor of any other\n"
        "  needed: a headers package, or a kernel build directory\n"
        "  type:   apt-get install linux-headers-${CMAKE_HOST_SYSTEM_VERSION}\n"
        "          or kcxx kernels get 6.12, which installs nothing\n"
        "          or cmake -DKCXX_KERNEL=<directory>")
    endif()
  endif()
  file(REAL_PATH "${directory}" directory BASE_DIRECTORY "${CMAKE_BINARY_DIR}")
  set(${result} "${directory}" PARENT_SCOPE)
endfunction()
