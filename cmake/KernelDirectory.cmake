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

# What find-kernel.sh prints for these arguments: or ""
function(_kcxx_ask_find_kernel result)
  get_property(kbuild GLOBAL PROPERTY _KCXX_KBUILD_DIR)
  execute_process(COMMAND sh "${kbuild}/find-kernel.sh" ${ARGN}
    OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${result} "${said}" PARENT_SCOPE)
endfunction()

# Sets ``result`` to the directory KCXX_KERNEL stands for. Fatal if there is none.
function(_kcxx_find_kernel result)
  if(KCXX_KERNEL MATCHES "/")
    set(directory "${KCXX_KERNEL}")
  elseif(KCXX_KERNEL)
    _kcxx_ask_find_kernel(directory "${KCXX_KERNEL}")
    if(NOT directory)
      _kcxx_ask_find_kernel(places --places "${KCXX_KERNEL}")
      string(REPLACE "\n" "\n             " places "${places}")
      message(FATAL_ERROR
        "kcxx: no headers of kernel ${KCXX_KERNEL} (KCXX_KERNEL).\n"
        "  looked in: ${places}\n"
        "  needed:    its headers package, or a kernel build directory\n"
        "  type:      apt-get install linux-headers-${KCXX_KERNEL}\n"
        "             or kcxx kernels get ${KCXX_KERNEL}\n"
        "             or cmake -DKCXX_KERNEL=<directory>")
    endif()
  else()
    _kcxx_ask_find_kernel(directory)
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
