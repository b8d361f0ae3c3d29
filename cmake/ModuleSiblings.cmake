# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
ModuleSiblings
--------------

Modules of one project that use each other's symbols.

.. variable:: KCXX_LINK_SIBLINGS

  ON: each module is linked with those modules of the project that export a symbol which its sources name,
  as Kbuild does. OFF, the default: with those that ``target_link_libraries()`` names; the link of a module
  that lacks one prints the line to write. CMake then reads the sources again whenever one changes.
#]=======================================================================]

set(KCXX_LINK_SIBLINGS OFF CACHE BOOL "Link each module with the modules of the project whose symbols it uses")

# At the end of the project: kcxx/siblings, for link-module.sh: a line "<module><tab><source>" each
function(_kcxx_write_siblings)
  get_property(modules GLOBAL PROPERTY _KCXX_MODULES)
  set(lines)
  foreach(module IN LISTS modules)
    _kcxx_sources_of("${module}" sources)
    foreach(source IN LISTS sources)
      string(APPEND lines "${module}\t${source}\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/kcxx/siblings" CONTENT "@lines@" @ONLY)
  if(KCXX_LINK_SIBLINGS)
    _kcxx_link_siblings(${modules})
  endif()
endfunction()

# The sources of @module and of the libraries that it has, as far as they are files already
function(_kcxx_sources_of module result)
  _kcxx_libraries_of(${module} libraries)
  set(found)
  foreach(target IN ITEMS ${module} ${libraries})
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
      if(source MATCHES "\\.(cc|cpp|cxx|c|S|h|hh|hpp)$" AND EXISTS "${source}")
        list(APPEND found "${source}")
      endif()
    endforeach()
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

function(_kcxx_link_siblings)
  foreach(module IN LISTS ARGN)
    _kcxx_sources_of("${module}" sources)
    set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
    set(text)
    foreach(source IN LISTS sources)
      file(READ "${source}" more)
      string(APPEND text "\n${more}")
    endforeach()
    string(REGEX MATCHALL "[A-Za-z_][A-Za-z0-9_]*" words_of_${module} "${text}")
    list(REMOVE_DUPLICATES words_of_${module})
    set(exports_of_${module})
    string(REGEX MATCHALL "EXPORT_SYMBOL[A-Z_]*[ \t]*\\([ \t]*[A-Za-z0-9_]+" exports "${text}")
    foreach(export IN LISTS exports)
      string(REGEX REPLACE ".*[ \t(]" "" export "${export}")
      list(APPEND exports_of_${module} "${export}")
    endforeach()
  endforeach()
  foreach(module IN LISTS ARGN)
    foreach(other IN LISTS ARGN)
      if(NOT module STREQUAL other)
        foreach(export IN LISTS exports_of_${other})
          if(export IN_LIST words_of_${module} AND NOT export IN_LIST exports_of_${module})
            target_link_libraries(${module} PRIVATE ${other})
            break()
          endif()
        endforeach()
      endif()
    endforeach()
  endforeach()
endfunction()
