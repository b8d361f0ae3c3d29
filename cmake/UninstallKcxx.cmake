# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D RECORD=<kcxx-installed.txt> -D BUILD=<build directory> -P UninstallKcxx.cmake
#
# Removes the files that RecordInstall.cmake recorded, and the directories that the installation made, if
# they are empty then: other files in them stay.

cmake_minimum_required(VERSION 3.25)

# Ends with an error unless something was installed
function(require_record)
  if(NOT EXISTS "${RECORD}")
    message(FATAL_ERROR "kcxx: nothing is installed from this build directory.\n"
      "  found:  no ${RECORD}\n"
      "  needed: that file, which cmake --install writes; a package is removed by apt-get purge kcxx\n"
      "  type:   cmake --install ${BUILD}")
  endif()
endfunction()

# Removes @directory and those above it that are empty: parts of directories that the installation made
function(remove_empty_directories directory)
  while(IS_DIRECTORY "${directory}")
    file(GLOB content LIST_DIRECTORIES TRUE "${directory}/*" "${directory}/.*")
    if(content)
      return()
    endif()
    set(is_ours FALSE)
    foreach(made IN LISTS directories)
      string(FIND "${directory}/" "${made}" at)
      if(at EQUAL 0)
        set(is_ours TRUE)
      endif()
    endforeach()
    if(NOT is_ours)
      return()
    endif()
    file(REMOVE_RECURSE "${directory}")
    if(EXISTS "${directory}")
      return()
    endif()
    cmake_path(GET directory PARENT_PATH directory)
  endwhile()
endfunction()

require_record()
file(STRINGS "${RECORD}" recorded)
set(files ${recorded})
set(directories ${recorded})
list(FILTER files EXCLUDE REGEX "/$")
list(FILTER directories INCLUDE REGEX "/$")
set(left)
foreach(file IN LISTS files)
  if(EXISTS "${file}" OR IS_SYMLINK "${file}")
    message(STATUS "Removing: ${file}")
    file(REMOVE "${file}")
  endif()
  if(EXISTS "${file}" OR IS_SYMLINK "${file}")
    list(APPEND left "${file}")
  endif()
endforeach()
foreach(file IN LISTS files)
  cmake_path(GET file PARENT_PATH directory)
  remove_empty_directories("${directory}")
endforeach()
if(left)
  list(LENGTH left count)
  list(GET left 0 first)
  message(FATAL_ERROR "kcxx: not everything could be removed.\n"
    "  found:  ${first}, of ${count} that are still there\n"
    "  needed: the right to write in their directories\n"
    "  type:   sudo cmake --build ${BUILD} --target uninstall")
endif()
file(REMOVE "${RECORD}")
