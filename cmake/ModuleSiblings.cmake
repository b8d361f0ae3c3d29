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

# Writes kcxx/siblings for link-module.sh, at the end of the project: a line "<module><tab><source>" each
function(_kcxx_write_siblings)
  _kcxx_get_record(modules project.modules)
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

# The sources of @module and of the libraries that it has, as far as the files exist
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

# Records what the sources of @module export and use, as sibling-symbols.awk finds it
function(_kcxx_read_symbols module)
  _kcxx_get_record(cmake_dir kcxx.cmake_dir)
  _kcxx_sources_of("${module}" sources)
  set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  set(found)
  if(sources)
    execute_process(COMMAND awk -f "${cmake_dir}/sibling-symbols.awk" ${sources}
      OUTPUT_VARIABLE found COMMAND_ERROR_IS_FATAL ANY)
  endif()
  string(REGEX MATCHALL "exports [^\n]+" exported "${found}")
  list(TRANSFORM exported REPLACE "^exports " "")
  _kcxx_set_record("module.exports ${module}" "${exported}")
  string(REGEX MATCHALL "uses [^\n]+" used "${found}")
  list(TRANSFORM used REPLACE "^uses " "")
  _kcxx_set_record("module.names ${module}" "${used}")
endfunction()

function(_kcxx_link_siblings)
  foreach(module IN LISTS ARGN)
    _kcxx_read_symbols(${module})
  endforeach()
  foreach(module IN LISTS ARGN)
    _kcxx_get_record(names "module.names ${module}")
    foreach(other IN LISTS ARGN)
      _kcxx_get_record(exports "module.exports ${other}")
      foreach(export IN LISTS exports)
        if(NOT module STREQUAL other AND export IN_LIST names)
          target_link_libraries(${module} PRIVATE ${other})
          _kcxx_append_record("module.siblings ${module}" ${other})
          _kcxx_set_record("sibling.reason ${module} ${other}" "${module} names ${export} of ${other}")
          break()
        endif()
      endforeach()
    endforeach()
  endforeach()
  _kcxx_refuse_circle_of_siblings(${ARGN})
endfunction()

# Refuses modules that name symbols of each other: they have no order to be loaded in. CMake's own error would not show
# the symbols.
function(_kcxx_refuse_circle_of_siblings)
  set(circle ${ARGN})
  set(before)
  while(NOT "${circle}" STREQUAL "${before}") # drop those that need none of the rest, or that the rest does not need
    set(before "${circle}")
    set(needed)
    foreach(module IN LISTS before)
      _kcxx_get_record(siblings "module.siblings ${module}")
      set(of_circle ${siblings})
      foreach(sibling IN LISTS siblings)
        if(NOT sibling IN_LIST circle)
          list(REMOVE_ITEM of_circle ${sibling})
        endif()
      endforeach()
      if(of_circle)
        list(APPEND needed ${of_circle})
      else()
        list(REMOVE_ITEM circle ${module})
      endif()
    endforeach()
    foreach(module IN LISTS before)
      if(NOT module IN_LIST needed)
        list(REMOVE_ITEM circle ${module})
      endif()
    endforeach()
  endwhile()
  set(found)
  foreach(module IN LISTS circle)
    _kcxx_get_record(siblings "module.siblings ${module}")
    foreach(sibling IN LISTS siblings)
      if(sibling IN_LIST circle)
        _kcxx_get_record(reason "sibling.reason ${module} ${sibling}")
        list(APPEND found "${reason}")
      endif()
    endforeach()
  endforeach()
  if(found)
    list(JOIN found ", " found)
    message(FATAL_ERROR
      "kcxx: KCXX_LINK_SIBLINGS: modules name symbols of each other.\n"
      "  found:  ${found}\n"
      "  needed: an order to load them in: one of these names is another thing, such as a local variable\n"
      "  type:   cmake -D KCXX_LINK_SIBLINGS=OFF, and target_link_libraries(<module> PRIVATE <module>) for those that use symbols")
  endif()
endfunction()
