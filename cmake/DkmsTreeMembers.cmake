# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The members of modules in the Kbuild file that WriteDkmsTree.cmake writes: the names of objects, and the order of
# libraries.

# Sets @result to TRUE if the object of @source, of @module, cannot have the name @member: another source has it, or
# Kbuild links a module into it. A C++ source may have the name of its module; see kbuild/Makefile.cxx.
function(is_taken member source module has_others result)
  _kcxx_get_record(objects tree.objects)
  set(linked ${modules})
  if(NOT has_others OR NOT source MATCHES "\\.(c|S)$")
    list(REMOVE_ITEM linked "${module}")
  endif()
  list(TRANSFORM linked APPEND ".o")
  set(${result} FALSE PARENT_SCOPE)
  if(member IN_LIST objects OR member IN_LIST linked)
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()

# Refuses exports of sources that are in another module as well: the kernel does not load two modules that export one
# symbol, and modpost refuses them in one tree
function(refuse_second_export module)
  foreach(source IN LISTS ARGN)
    set(line)
    if(source MATCHES "\\.(cc|cpp|cxx|c)$" AND EXISTS "${source}")
      file(STRINGS "${source}" line REGEX "^[ \t]*EXPORT_SYMBOL[A-Z_]*[ \t]*\\(" LIMIT_COUNT 1)
    endif()
    if(line)
      place_of("${source}" place)
      string(REGEX MATCH "EXPORT_SYMBOL[^)]*\\)" export "${line}")
      refuse("two modules export one symbol" "${export} in ${place}, which is in ${module} and in another module"
        "one module that exports it: the kernel does not load a second one"
        "target_link_libraries(${module} PRIVATE <the other module>), without ${place} in ${module}")
    endif()
  endforeach()
endfunction()

# The same for an OBJECT library that another module has
function(refuse_second_export_of library module)
  _kcxx_get_record(members "tree.members ${library}")
  if(members)
    include("${FLAGS}/${library}.C.cmake")
    refuse_second_export("${module}" ${sources})
  endif()
endfunction()

# Sets the results to the object that Kbuild makes of @source for @module, and to the line that names the source if
# Kbuild would not find it. Two modules with one source have an object each, as in CMake, because KBUILD_MODNAME and
# the flags are those of the module.
function(member_of source module has_others result_member result_line)
  place_of("${source}" place)
  string(REGEX REPLACE "\\.[a-zS]+$" "" stem "${place}")
  set(member "${stem}.o")
  set(number 1)
  is_taken("${member}" "${source}" "${module}" "${has_others}" taken)
  while(taken)
    string(REGEX REPLACE "^1$" "" suffix "${number}")
    set(member "${stem}-of-${module}${suffix}.o")
    math(EXPR number "${number} + 1")
    is_taken("${member}" "" "" FALSE taken)
  endwhile()
  set(line)
  string(REGEX REPLACE "\\.[a-zS]+$" "" path "${source}")
  foreach(extension IN ITEMS cc cpp cxx c S) # make would take one of these
    if(EXISTS "${path}.${extension}" AND NOT source STREQUAL "${path}.${extension}" AND NOT member STREQUAL "${module}.o")
      set(line "KCXX_SOURCE_${member} := ${place}\n")
    endif()
  endforeach()
  if(NOT member STREQUAL "${stem}.o")
    set(line "KCXX_SOURCE_${member} := ${place}\n")
  endif()
  _kcxx_get_record(in_another "tree.compiled ${source}")
  if(in_another)
    refuse_second_export("${module}" "${source}")
  endif()
  _kcxx_set_record("tree.compiled ${source}" TRUE)
  _kcxx_append_record(tree.objects "${member}")
  set(${result_member} "${member}" PARENT_SCOPE)
  set(${result_line} "${line}" PARENT_SCOPE)
endfunction()

# Sets @result to the name of an object that comes as it is, as a member; all modules that have it get the same member
function(prebuilt_member object result)
  place_of("${object}" place)
  string(REGEX REPLACE "\\.[a-z_]+$" ".o" member "${place}")
  _kcxx_get_record(same "tree.prebuilt ${member}")
  _kcxx_get_record(objects tree.objects)
  if(NOT same STREQUAL object)
    if(member IN_LIST objects)
      refuse("two sources make one object" "${member} once more, by ${place}"
        "an object each: Kbuild names them after the sources" "mv ${place} to another name")
    endif()
    take_prebuilt("${object}" "${member}")
    _kcxx_set_record("tree.prebuilt ${member}" "${object}")
    _kcxx_append_record(tree.objects "${member}")
  endif()
  set(${result} "${member}" PARENT_SCOPE)
endfunction()

# Puts the STATIC libraries of @module, which is @built, into the order in which link-module.sh got them from CMake, if it has run
function(order_archives module built libraries)
  cmake_path(GET built PARENT_PATH folder)
  set(record "${folder}/.${module}.kmod/archives")
  if(built AND EXISTS "${record}")
    file(STRINGS "${record}" ordered)
    list(REMOVE_ITEM ${libraries} ${ordered} "")
    list(PREPEND ${libraries} ${ordered})
    set(${libraries} "${${libraries}}" PARENT_SCOPE)
  endif()
endfunction()
