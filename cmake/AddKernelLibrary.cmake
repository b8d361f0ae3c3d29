# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
AddKernelLibrary
----------------

.. command:: add_kernel_library

  Code that modules share, compiled once::

    add_kernel_library(<name> <STATIC|OBJECT> [EXCLUDE_FROM_ALL] <source>...)

  The kernel's flags compile it, and its objects are checked as those of
  :command:`add_kernel_module` are. ``target_link_libraries(<module> PRIVATE <name>)`` links it into a
  module, which then has a copy of its own. Directories, definitions and options that the library has as
  ``PUBLIC`` or ``INTERFACE`` reach the module, and so does what the library is linked with.

  ``OBJECT``
    The module gets all its objects. As in CMake, a library does not pass on the objects of another one.
  ``STATIC``
    The module gets the objects that it calls, as of Kbuild's ``lib-y``. An object that it never calls is left out,
    with its ``module_param()`` and ``EXPORT_SYMBOL()``: those belong into an ``OBJECT`` library, or into an object that
    the module calls.

  ``KBUILD_MODNAME`` in its sources is the name of the library. Only modules are linked with it: programs of
  user space cannot use it.
#]=======================================================================]

_kcxx_describe_command(add_kernel_library "<STATIC|OBJECT> [EXCLUDE_FROM_ALL] <source>..." "OBJECT <name>.cc")

function(add_kernel_library name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "STATIC;OBJECT;EXCLUDE_FROM_ALL" "" "")
  if(ARG_STATIC AND ARG_OBJECT OR NOT (ARG_STATIC OR ARG_OBJECT))
    _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no kind of library"
      "${CMAKE_CURRENT_FUNCTION}(${name} ${ARGN})"
      "STATIC or OBJECT: the kernel loads no shared libraries, modules share by EXPORT_SYMBOL()")
  endif()
  if(NOT name MATCHES "^[A-Za-z0-9_][A-Za-z0-9_-]*$")
    message(FATAL_ERROR
      "kcxx: ${CMAKE_CURRENT_FUNCTION}: '${name}' cannot be the name of a library.\n"
      "  found:  '${name}'\n  needed: letters, digits, _ and -, not starting with -\n"
      "  type:   ${CMAKE_CURRENT_FUNCTION}(core OBJECT core.cc)")
  endif()
  set(sources "${ARG_UNPARSED_ARGUMENTS}")
  _kcxx_check_sources(${CMAKE_CURRENT_FUNCTION} "${name}" sources)
  _kcxx_require_facts()
  set(type STATIC)
  if(ARG_OBJECT)
    set(type OBJECT)
  endif()
  _kcxx_add_target("${name}" ${type} EXCLUDE "${ARG_EXCLUDE_FROM_ALL}" SOURCES ${sources})
  _kcxx_append_record(project.libraries ${name})
endfunction()

# Sets ``result`` to the libraries of add_kernel_library() whose objects @module has: those that it is linked with, and
# the libraries that a STATIC one of them is linked with
function(_kcxx_libraries_of module result)
  _kcxx_get_record(known project.libraries)
  set(found)
  get_target_property(rest ${module} LINK_LIBRARIES)
  while(rest)
    list(POP_FRONT rest library)
    _kcxx_plain_library("${library}" library)
    if(NOT TARGET "${library}" OR library IN_LIST seen)
      continue()
    endif()
    list(APPEND seen "${library}")
    get_target_property(type "${library}" TYPE)
    if(library IN_LIST known)
      list(APPEND found "${library}")
    elseif(NOT type STREQUAL "INTERFACE_LIBRARY")
      continue()
    endif()
    if(type STREQUAL "STATIC_LIBRARY" OR type STREQUAL "INTERFACE_LIBRARY")
      get_target_property(more "${library}" INTERFACE_LINK_LIBRARIES)
      if(more)
        list(APPEND rest ${more})
      endif()
    endif()
  endwhile()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()
