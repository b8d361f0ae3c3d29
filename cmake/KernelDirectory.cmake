# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
KernelDirectory
---------------

The kernel that modules are built for.

.. variable:: KCXX_KERNEL

  A release (``6.12.117+deb12-amd64``) or a kernel build directory. Empty: the
  running kernel if its headers are installed, else the newest installed, else
  the newest that ``kcxx kernels get`` has fetched. A toolchain file limits
  this choice to kernels for its architecture.
#]=======================================================================]

set(KCXX_KERNEL "" CACHE STRING "Kernel release or build directory to build modules for")

# Sets @result to the architecture that a toolchain file names, by kcxx's name; to "" without a toolchain file
function(_kcxx_toolchain_arch result)
  set(${result} "" PARENT_SCOPE)
  if(CMAKE_TOOLCHAIN_FILE)
    _kcxx_get_record(kbuild kcxx.kbuild_dir)
    _kcxx_architecture(arch "${kbuild}" machine "${CMAKE_SYSTEM_PROCESSOR}" name)
    if(arch STREQUAL "")
      set(arch "${CMAKE_SYSTEM_PROCESSOR}")
    endif()
    set(${result} "${arch}" PARENT_SCOPE)
  endif()
endfunction()

# Sets @result to the output of find-kernel.sh for these arguments, or to ""
function(_kcxx_ask_find_kernel result)
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_toolchain_arch(arch)
  if(arch)
    list(PREPEND ARGN --arch ${arch})
  endif()
  execute_process(COMMAND sh "${kbuild}/find-kernel.sh" ${ARGN}
    OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${result} "${output}" PARENT_SCOPE)
endfunction()

# Sets @result to the architecture of @kernel, by kcxx's name; to "" if kcxx does not know it
function(_kcxx_read_kernel_arch kernel result)
  set(${result} "" PARENT_SCOPE)
  if(NOT EXISTS "${kernel}/include/config/auto.conf")
    return()
  endif()
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_architecture_names(names "${kbuild}")
  foreach(name IN LISTS names)
    _kcxx_architecture(option "${kbuild}" name ${name} config)
    file(STRINGS "${kernel}/include/config/auto.conf" line REGEX "^CONFIG_${option}=y")
    if(line)
      set(${result} "${name}" PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# Fatal if the toolchain file is for another architecture than the kernel
function(_kcxx_require_toolchain_arch kernel)
  _kcxx_toolchain_arch(wanted)
  _kcxx_read_kernel_arch("${kernel}" arch)
  if(wanted AND arch AND NOT arch STREQUAL wanted)
    message(FATAL_ERROR
      "kcxx: the toolchain file is for another architecture than the kernel.\n"
      "  found:  a kernel for ${arch} in ${kernel},\n"
      "          ${CMAKE_TOOLCHAIN_FILE} for ${wanted}\n"
      "  needed: a kernel for ${wanted}, or a toolchain for ${arch}\n"
      "  type:   cmake --toolchain <kcxx>/toolchains/${arch}-gcc.cmake in another build directory;\n"
      "          or none: the kernel directory alone decides which compilers fit")
  endif()
endfunction()

# Sets ``result`` to the directory KCXX_KERNEL stands for. Fatal if there is none; with OPTIONAL, it is "" then.
function(_kcxx_find_kernel result)
  _kcxx_toolchain_arch(arch)
  set(for_arch)
  set(get_arch)
  if(arch)
    set(for_arch " for ${arch}")
    set(get_arch " ${arch}")
  endif()
  if(KCXX_KERNEL MATCHES "/")
    set(directory "${KCXX_KERNEL}")
  elseif(KCXX_KERNEL)
    _kcxx_ask_find_kernel(directory "${KCXX_KERNEL}")
    if(NOT directory AND NOT "OPTIONAL" IN_LIST ARGN)
      _kcxx_ask_find_kernel(places --places "${KCXX_KERNEL}")
      string(REPLACE "\n" "\n             " places "${places}")
      # A package has the name of a release; a series has none.
      set(install)
      if(KCXX_KERNEL MATCHES "-")
        set(install "apt-get install linux-headers-${KCXX_KERNEL}\n             or ")
      endif()
      message(FATAL_ERROR
        "kcxx: no headers of kernel ${KCXX_KERNEL}${for_arch} (KCXX_KERNEL).\n"
        "  looked in: ${places}\n"
        "  needed:    its headers package, or a kernel build directory\n"
        "  type:      ${install}kcxx kernels get ${KCXX_KERNEL}${get_arch}\n"
        "             or cmake -DKCXX_KERNEL=<directory>")
    endif()
  else()
    _kcxx_ask_find_kernel(directory)
    if(NOT directory AND NOT "OPTIONAL" IN_LIST ARGN)
      message(FATAL_ERROR
        "kcxx: no kernel headers${for_arch} are installed.\n"
        "  found:  none of kernel ${CMAKE_HOST_SYSTEM_VERSION}, which runs, nor of any other\n"
        "  needed: a headers package, or a kernel build directory\n"
        "  type:   apt-get install linux-headers-${CMAKE_HOST_SYSTEM_VERSION}\n"
        "          or kcxx kernels get 6.12${get_arch}, which installs nothing\n"
        "          or cmake -DKCXX_KERNEL=<directory>")
    endif()
  endif()
  if("OPTIONAL" IN_LIST ARGN AND NOT EXISTS "${directory}/Makefile")
    set(${result} "" PARENT_SCOPE)
    return()
  endif()
  file(REAL_PATH "${directory}" directory BASE_DIRECTORY "${CMAKE_BINARY_DIR}")
  if(NOT "OPTIONAL" IN_LIST ARGN)
    _kcxx_require_toolchain_arch("${directory}")
  endif()
  set(${result} "${directory}" PARENT_SCOPE)
endfunction()
