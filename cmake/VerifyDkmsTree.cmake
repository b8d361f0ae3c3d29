# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D PLAN=<plan.cmake> -D FLAGS=<directory> -P VerifyDkmsTree.cmake
#
# Builds a copy of the DKMS tree that add_dkms_package() planned, as the target will: by make, in a bare environment,
# where neither CMake nor kcxx can be called. Ends with an error unless each module is the same as that of CMake.

cmake_minimum_required(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/DkmsRefusal.cmake")

# Sets @result to the folders of PATH; for a folder with programs of CMake or of kcxx, a folder of links to all others
function(path_of_the_target result)
  set(kept)
  string(REPLACE ":" ";" folders "$ENV{PATH}")
  foreach(folder IN LISTS folders)
    file(GLOB hidden "${folder}/cmake" "${folder}/ctest" "${folder}/cpack" "${folder}/kcxx")
    if(hidden)
      list(LENGTH kept number)
      set(links "${check}/path/${number}")
      file(MAKE_DIRECTORY "${links}")
      execute_process(COMMAND find "${folder}/" -maxdepth 1 ( -type f -o -type l )
        ! -name cmake ! -name ctest ! -name cpack ! -name kcxx -exec ln -s -t "${links}" {} +)
      set(folder "${links}")
    endif()
    list(APPEND kept "${folder}")
  endforeach()
  list(JOIN kept ":" kept)
  set(${result} "${kept}" PARENT_SCOPE)
endfunction()

# The command that builds the copy. It names compilers that the project chose: the target by itself would take others.
function(make_command result)
  set(symbols)
  foreach(module IN LISTS modules)
    include("${FLAGS}/${module}.C.cmake")
    foreach(library IN LISTS linked)
      cmake_path(GET library STEM LAST_ONLY stem)
      if(stem IN_LIST modules)
        continue()
      endif()
      string(REGEX REPLACE "\\.ko$" ".symvers" own "${library}")
      string(REGEX REPLACE "[^/]+\\.ko$" "Module.symvers" beside "${library}")
      foreach(file IN ITEMS "${own}" "${beside}")
        if(EXISTS "${file}" AND NOT file IN_LIST symbols)
          list(APPEND symbols "${file}")
        endif()
      endforeach()
    endforeach()
  endforeach()
  list(JOIN symbols " " symbols)
  cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
  if(cores LESS 1)
    set(cores 1)
  endif()
  set(command "${make}" -j${cores} -C "${copy}" "KERNELDIR=${kernel}" "SYMBOLS=${symbols}")
  if(compilers)
    execute_process(COMMAND sh "${copy}/kbuild/make-variables.sh" ${compilers} "${kernel}"
      OUTPUT_VARIABLE variables OUTPUT_STRIP_TRAILING_WHITESPACE)
    string(REPLACE "\n" ";" variables "${variables}")
    set(command "${make}" -j${cores} -C "${kernel}" "M=${copy}" ${variables} "KBUILD_EXTRA_SYMBOLS=${symbols}" modules)
  endif()
  set(${result} ${command} PARENT_SCOPE)
endfunction()

function(build_copy)
  path_of_the_target(path)
  make_command(command)
  set(environment "PATH=${path}")
  foreach(variable IN ITEMS HOME TMPDIR CCACHE_DIR)
    if(DEFINED ENV{${variable}})
      list(APPEND environment "${variable}=$ENV{${variable}}")
    endif()
  endforeach()
  execute_process(COMMAND env -i ${environment} ${command}
    RESULT_VARIABLE status OUTPUT_FILE "${check}/make.log" ERROR_FILE "${check}/make.log")
  if(status)
    file(STRINGS "${check}/make.log" errors REGEX "error: |error:$|\\*\\*\\* |undefined!|No such file" ENCODING UTF-8)
    list(SUBLIST errors 0 5 errors)
    list(JOIN errors "\n          " errors)
    refuse("the DKMS tree does not build" "${errors}"
      "a tree that builds by itself, without CMake and kcxx; the whole log is ${check}/make.log"
      "FILES <path>... for files that are missing; or VERIFY OFF, to pack it nevertheless")
  endif()
endfunction()

# Refuses a copy that was built from files in the project's own folders: the target does not have those folders.
function(refuse_paths_of_the_project)
  execute_process(COMMAND find "${copy}" -name ".*.cmd" ! -name .Module.symvers.cmd -exec sed "s|${copy}||g" {} + OUTPUT_VARIABLE text)
  foreach(folder IN ITEMS "${source_dir}" "${binary_dir}")
    string(FIND "${text}" "${folder}/" at)
    if(at GREATER_EQUAL 0)
      string(SUBSTRING "${text}" ${at} 300 found)
      string(REGEX MATCH "^[^ \t\n\"'\\)]+" found "${found}")
      refuse("the DKMS tree reads a file of this project" "${found}" "files of the tree: the target has no others"
        "#include with a relative path, or target_include_directories(); or VERIFY OFF, to pack it nevertheless")
    endif()
  endforeach()
endfunction()

function(compare_modules)
  set(differences)
  foreach(module IN LISTS modules)
    include("${FLAGS}/${module}.C.cmake")
    file(GLOB_RECURSE built_by_tree "${copy}/${module}.ko") # Kbuild leaves a module of one object where its source is
    execute_process(COMMAND sh "${CMAKE_CURRENT_LIST_DIR}/compare-modules.sh" "${facts}" "${built}" "${built_by_tree}"
        "${check}/compared/${module}" "${copy}" "${binary_dir}" "${source_dir}"
      RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(status)
      string(REPLACE ";" ":" output "${output}")
      string(REPLACE "\n" ";" lines "${output}")
      list(TRANSFORM lines PREPEND "${module}.ko: ")
      list(APPEND differences ${lines})
    endif()
  endforeach()
  if(differences)
    list(LENGTH differences count)
    list(SUBLIST differences 0 10 shown)
    list(JOIN shown "\n          " shown)
    refuse("the DKMS tree makes other modules than CMake does" "${shown}"
      "the same functions, data, symbols and modinfo; differences: ${count}; both builds are in ${check} and ${built}"
      "flags by target_compile_options() and the like; or VERIFY OFF, to pack it nevertheless")
  endif()
endfunction()

include("${PLAN}")
set(check "${work}/check")
set(copy "${check}/${name}-${version}")
file(REMOVE_RECURSE "${check}")
file(MAKE_DIRECTORY "${check}")
execute_process(COMMAND cp -R "${tree}" "${copy}" COMMAND_ERROR_IS_FATAL ANY)
build_copy()
refuse_paths_of_the_project()
compare_modules()
file(REMOVE_RECURSE "${check}")
file(TOUCH "${work}/verified.stamp")
