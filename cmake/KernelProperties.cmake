# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
KernelProperties
----------------

The kernel that modules are built for, for projects that need it before their first module. Set by
``find_package(kcxx)`` if there is a kernel, and empty if there is none.

.. variable:: KCXX_KERNEL_RELEASE

  The output of ``uname -r`` under this kernel: ``6.12.117+deb12-amd64``.

.. variable:: KCXX_KERNEL_VERSION

  Its version, to compare: ``6.12.117``. Debian's 6.1.0-56 is a ``6.1.192``.

.. variable:: KCXX_KERNEL_ARCH

  ``x86_64``, ``arm64`` or ``riscv64``.

.. variable:: KCXX_KERNEL_BUILD_DIR

  The directory of its configuration and generated headers, for ``make -C``.

.. variable:: KCXX_KERNEL_SOURCE_DIR

  The directory of its sources, as far as they are installed; often the same directory.

.. command:: kcxx_config

  An option of its configuration::

    kcxx_config(CONFIG_<OPTION> <variable>)

  Sets the variable to ``y``, ``m``, a number or a text; to nothing if the option is not set, so that
  ``if(<variable>)`` is false. Fatal if there is no kernel.
#]=======================================================================]

# Sets the variables for @kernel, a build directory or ""
function(_kcxx_publish_kernel kernel)
  set(KCXX_KERNEL_BUILD_DIR "${kernel}" CACHE INTERNAL "Build directory of the kernel modules are built for")
  foreach(property IN ITEMS release version arch source)
    set(${property})
  endforeach()
  if(kernel)
    _kcxx_read_kernel_release("${kernel}" release)
    _kcxx_read_kernel_version("${kernel}" version)
    _kcxx_read_kernel_arch("${kernel}" arch)
    _kcxx_read_kernel_source("${kernel}" source)
  endif()
  set(KCXX_KERNEL_RELEASE "${release}" CACHE INTERNAL "Release of the kernel modules are built for")
  set(KCXX_KERNEL_VERSION "${version}" CACHE INTERNAL "Version of the kernel modules are built for")
  set(KCXX_KERNEL_ARCH "${arch}" CACHE INTERNAL "Architecture of the kernel modules are built for")
  set(KCXX_KERNEL_SOURCE_DIR "${source}" CACHE INTERNAL "Source directory of the kernel modules are built for")
endfunction()

# Reads the release that uname(2) returns. In Debian's 6.1, include/config/kernel.release has another one.
function(_kcxx_read_kernel_release kernel result)
  set(${result} "" PARENT_SCOPE)
  set(header "${kernel}/include/generated/utsrelease.h")
  if(EXISTS "${header}")
    file(STRINGS "${header}" line REGEX "^#define UTS_RELEASE " LIMIT_COUNT 1)
    string(REGEX REPLACE ".* \"(.*)\"$" "\\1" release "${line}")
    set(${result} "${release}" PARENT_SCOPE)
  endif()
endfunction()

# Reads the version from the headers: the release does not always have it.
function(_kcxx_read_kernel_version kernel result)
  set(${result} "" PARENT_SCOPE)
  set(header "${kernel}/include/generated/uapi/linux/version.h")
  if(NOT EXISTS "${header}")
    return()
  endif()
  set(numbers)
  foreach(part IN ITEMS MAJOR PATCHLEVEL SUBLEVEL)
    file(STRINGS "${header}" line REGEX "^#define LINUX_VERSION_${part} [0-9]+$")
    string(REGEX REPLACE ".* " "" number "${line}")
    list(APPEND numbers ${number})
  endforeach()
  list(JOIN numbers "." version)
  set(${result} "${version}" PARENT_SCOPE)
endfunction()

# Finds the directory from which the kernel's own Makefile includes the rest, or to which Kbuild left a link
function(_kcxx_read_kernel_source kernel result)
  set(source "${kernel}")
  if(EXISTS "${kernel}/Makefile")
    file(STRINGS "${kernel}/Makefile" line REGEX "^include .*/Makefile$" LIMIT_COUNT 1)
    string(REPLACE "$(dir $(lastword $(MAKEFILE_LIST)))" "${kernel}/" line "${line}")
    string(REPLACE "$(kcxx-usr-src)" "${kernel}/.." line "${line}") # as kcxx kernels get writes it
    string(REGEX REPLACE "^include (.*)/Makefile$" "\\1" included "${line}")
    if(IS_DIRECTORY "${included}")
      set(source "${included}")
    elseif(NOT EXISTS "${kernel}/scripts/Makefile.build" AND IS_DIRECTORY "${kernel}/source")
      set(source "${kernel}/source")
    endif()
  endif()
  file(REAL_PATH "${source}" source)
  set(${result} "${source}" PARENT_SCOPE)
endfunction()

function(kcxx_config option variable)
  if(NOT option MATCHES "^CONFIG_[A-Za-z0-9_]+$" OR ARGN)
    _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${option} ${variable}" "no option of the kernel's configuration"
      "${option}" "one option, then the variable to set" "${CMAKE_CURRENT_FUNCTION}(CONFIG_COMPAT has_compat)")
  endif()
  if(NOT KCXX_KERNEL_BUILD_DIR)
    _kcxx_find_kernel(kernel)
    _kcxx_publish_kernel("${kernel}")
  endif()
  set(file "${KCXX_KERNEL_BUILD_DIR}/include/config/auto.conf")
  set(value)
  if(EXISTS "${file}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(STRINGS "${file}" line REGEX "^${option}=")
    string(REGEX REPLACE "^${option}=" "" value "${line}")
    string(REGEX REPLACE "^\"(.*)\"$" "\\1" value "${value}")
    string(REPLACE "\\\"" "\"" value "${value}")
  endif()
  set(${variable} "${value}" PARENT_SCOPE)
endfunction()
