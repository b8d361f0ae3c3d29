# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Libraries of modules, by target_link_libraries(): other modules, and libraries of headers alone.
# Libraries of user space are refused, which would else be ignored silently: a module calls the kernel and other
# modules. link-module.sh refuses those that no target names before CMake generates.

# Sets ``result`` to the library that CMake has wrapped into generator expressions which hold in a build
function(_kcxx_plain_library library result)
  while(library MATCHES "^\\$<(BUILD_INTERFACE|LINK_ONLY):([^$]*)>$")
    set(library "${CMAKE_MATCH_2}")
  endwhile()
  set(${result} "${library}" PARENT_SCOPE)
endfunction()

# Checks the libraries of all modules, at the end of the project, when all targets are known
function(_kcxx_check_libraries)
  _kcxx_get_record(modules project.modules)
  foreach(module IN LISTS modules)
    get_target_property(libraries ${module} LINK_LIBRARIES)
    set(foreign)
    set(seen)
    while(libraries)
      list(POP_FRONT libraries library)
      _kcxx_plain_library("${library}" library)
      if(library IN_LIST seen)
        continue()
      endif()
      list(APPEND seen "${library}")
      _kcxx_require_absolute("${module}" "${library}")
      _kcxx_is_foreign_library("${library}" "${modules}" is_foreign more)
      if(is_foreign)
        list(APPEND foreign "${library}")
      endif()
      list(APPEND libraries ${more})
    endwhile()
    if(foreign)
      _kcxx_refuse_libraries("${module}" "${modules}" ${foreign})
    endif()
  endforeach()
endfunction()

# Refuses a relative path: CMake takes a file only by its absolute path, and any other word for a library.
function(_kcxx_require_absolute module library)
  if(library MATCHES "\\.(ko|symvers)$" AND NOT IS_ABSOLUTE "${library}" AND NOT TARGET "${library}"
      AND NOT library MATCHES "^\\$<")
    message(FATAL_ERROR
      "kcxx: the module ${module} is linked with a file that CMake does not find.\n"
      "  found:  ${library}\n"
      "  needed: an absolute path of that .ko or Module.symvers\n"
      "  type:   target_link_libraries(${module} PRIVATE \${CMAKE_CURRENT_SOURCE_DIR}/${library})")
  endif()
endfunction()

# Sets @result to TRUE if @library, a word of target_link_libraries(), is of user space, and @more to the libraries
# that it brings with it
function(_kcxx_is_foreign_library library modules result more)
  set(${result} FALSE PARENT_SCOPE)
  set(${more} "" PARENT_SCOPE)
  _kcxx_get_record(libraries project.libraries)
  if(library IN_LIST modules OR library IN_LIST libraries)
    get_target_property(brings "${library}" INTERFACE_LINK_LIBRARIES)
    set(${more} "${brings}" PARENT_SCOPE)
    return()
  endif()
  if(library STREQUAL "" OR library MATCHES "NOTFOUND$|^::@|^\\$<|\\.ko$|\\.symvers$")
    return() # a generator expression is known at the link
  endif()
  set(type)
  if(TARGET "${library}")
    get_target_property(type "${library}" TYPE)
    get_target_property(aliased "${library}" ALIASED_TARGET)
    if(aliased IN_LIST modules OR aliased IN_LIST libraries)
      return()
    endif()
    get_target_property(location "${library}" IMPORTED_LOCATION)
    if(location MATCHES "\\.ko$")
      return()
    endif()
  endif()
  if(type STREQUAL "INTERFACE_LIBRARY" AND NOT library STREQUAL "Threads::Threads")
    get_target_property(brings "${library}" INTERFACE_LINK_LIBRARIES)
    set(${more} "${brings}" PARENT_SCOPE)
    return()
  endif()
  set(${result} TRUE PARENT_SCOPE)
endfunction()

function(_kcxx_refuse_libraries module modules)
  list(REMOVE_ITEM modules ${module})
  list(JOIN modules ", " modules)
  if(modules)
    string(PREPEND modules ": ")
  endif()
  list(JOIN ARGN ", " found)
  set(advice "target_link_libraries(${module} PRIVATE <module>), without ${found}")
  foreach(library IN LISTS ARGN)
    if(TARGET "${library}")
      get_target_property(imported "${library}" IMPORTED)
      if(NOT imported)
        string(APPEND advice "\n          target_sources(${module} PRIVATE <the sources of ${library}>): the kernel's flags compile them"
          "\n          add_kernel_library(${library} OBJECT …) in place of add_library(${library} …), if modules alone use it")
      endif()
    endif()
    if(library MATCHES "\\.o(_binary|_shipped)?$")
      string(APPEND advice "\n          add_kernel_module(${module} … PREBUILT ${library}), where there is only the object")
    elseif(library MATCHES "\\.a$")
      string(APPEND advice "\n          its sources; or ar x ${library}, and add_kernel_module(${module} … PREBUILT <its objects>)")
    elseif(library MATCHES "^(-l|-)?pthread$|^Threads::Threads$")
      string(APPEND advice "\n          #include <kernel/task.hpp> and <kernel/sync.hpp> in place of ${library}")
    elseif(library MATCHES "^(-l)?m$")
      string(APPEND advice "\n          integers, scaled where needed, in place of ${library}")
    endif()
  endforeach()
  message(FATAL_ERROR
    "kcxx: the module ${module} is linked with what is no kernel module.\n"
    "  found:  ${found}\n"
    "  needed: targets of add_kernel_module()${modules}, or of add_kernel_library(); the kernel has no libraries of user space\n"
    "  type:   ${advice}")
endfunction()
