# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
KbuildVariables
---------------

Kbuild's facts about a kernel and its compilers. CMake asks for them once for a build
tree, by letting Kbuild build only the runtime and the library's bindings, and again when the kernel's configuration, a compiler or kcxx
changes.

.. variable:: KCXX_CXX_COMPILER

  The C++ compiler for modules. Empty: the partner of the kernel's C compiler,
  unless the project has chosen a CMAKE_CXX_COMPILER of the other family.

.. variable:: KCXX_C_COMPILER

  The C compiler for modules. Empty: the one the kernel directory names.
#]=======================================================================]

set(KCXX_CXX_COMPILER "" CACHE STRING "C++ compiler for kernel modules")
set(KCXX_C_COMPILER "" CACHE STRING "C compiler for kernel modules")

# Finds out everything that add_kernel_module() needs. Fatal if a module
# cannot be built.
function(_kcxx_require_facts)
  _kcxx_get_record(known kernel.facts_file)
  if(known)
    return()
  endif()
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_require_plain_path("kcxx itself" "${kbuild}")
  _kcxx_require_plain_path("the build directory" "${CMAKE_BINARY_DIR}")
  _kcxx_choose_languages()
  _kcxx_find_kernel(kernel)
  _kcxx_set_record(kernel.directory "${kernel}")
  _kcxx_publish_kernel("${kernel}") # KCXX_KERNEL may have been set since
  _kcxx_choose_compilers("${kernel}" compilers)
  _kcxx_get_record(languages project.languages)
  if("CXX" IN_LIST languages)
    _kcxx_add_check("${kernel}" ${compilers})
  endif()
  _kcxx_ask_kbuild("${kernel}" "${CMAKE_BINARY_DIR}/kcxx" ${compilers})
  if("CXX" IN_LIST languages)
    _kcxx_warn("${CMAKE_BINARY_DIR}/kcxx/.kcxx/available")
  endif()
  _kcxx_read_facts("${CMAKE_BINARY_DIR}/kcxx/.kcxx/facts.sh")
  _kcxx_write_object_flags("${CMAKE_BINARY_DIR}/kcxx")
  _kcxx_watch_inputs("${kernel}")
  _kcxx_get_kbuild_variable(release RELEASE)
  _kcxx_get_kbuild_variable(cxx CXX)
  _kcxx_get_kbuild_variable(version CXX_VERSION)
  message(STATUS "kcxx: kernel ${release} in ${kernel}")
  if("CXX" IN_LIST languages)
    message(STATUS "kcxx: C++ compiler ${cxx} ${version}, flags from Kbuild")
  else()
    _kcxx_get_kbuild_variable(cc CC)
    message(STATUS "kcxx: C compiler ${cc}, flags from Kbuild; modules of C alone")
  endif()
endfunction()

function(_kcxx_require_plain_path what path)
  if(path MATCHES "[ \t:%#$']")
    message(FATAL_ERROR
      "kcxx: Kbuild cannot work in this path.\n"
      "  found:  ${what} is in '${path}'\n"
      "  needed: a path without spaces, colons and the characters % # $ '\n"
      "  type:   mv or ln -s it to such a path, and start cmake there")
  endif()
endfunction()

# Sets the languages of modules to those that the project has when it adds the first one: C, and perhaps C++
function(_kcxx_choose_languages)
  get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "C" IN_LIST enabled)
    _kcxx_refuse_language(C "C: a module has parts in it, whatever its sources are")
  endif()
  set(languages C)
  if("CXX" IN_LIST enabled)
    list(APPEND languages CXX)
  endif()
  _kcxx_set_record(project.languages "${languages}")
endfunction()

# Ends with an error unless a module can have the C++ source @source
function(_kcxx_require_cxx source)
  _kcxx_get_record(languages project.languages)
  if(NOT "CXX" IN_LIST languages)
    _kcxx_refuse_language(CXX "CXX, before the first module, for ${source}")
  endif()
endfunction()

function(_kcxx_refuse_language language needed)
  get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
  message(FATAL_ERROR
    "kcxx: the language ${language} is not enabled.\n"
    "  found:  project(${PROJECT_NAME}) with the languages ${enabled}\n"
    "  needed: ${needed}\n"
    "  type:   project(${PROJECT_NAME} LANGUAGES C CXX)")
endfunction()

# The compilers that were named, as make's variables. Kbuild chooses the others.
function(_kcxx_choose_compilers kernel result)
  set(variables)
  set(clang)
  if(EXISTS "${kernel}/include/config/auto.conf")
    file(STRINGS "${kernel}/include/config/auto.conf" clang REGEX "^CONFIG_CC_IS_CLANG=y")
  endif()
  _kcxx_get_record(languages project.languages)
  foreach(language IN LISTS languages)
    if(KCXX_${language}_COMPILER)
      set(chosen "${KCXX_${language}_COMPILER}")
    elseif(EXISTS "${kernel}/include/config/auto.conf"
        AND NOT CMAKE_${language}_COMPILER MATCHES "/(cc|c[+][+])$"
        AND ((clang AND NOT CMAKE_${language}_COMPILER_ID MATCHES "Clang")
          OR (NOT clang AND NOT CMAKE_${language}_COMPILER_ID STREQUAL "GNU")))
      # The project has chosen a compiler of another family than the kernel's, which must
      # not be ignored silently. cc and c++ are defaults, not a choice.
      set(chosen "${CMAKE_${language}_COMPILER}")
    else()
      continue()
    endif()
    string(REGEX REPLACE "^C$" "CC" variable "${language}")
    list(APPEND variables "${variable}=${chosen}")
  endforeach()
  set(${result} "${variables}" PARENT_SCOPE)
endfunction()

# Make's variables CC and CXX as the scripts of kbuild/ take them: --cc, --cxx
function(_kcxx_as_options result)
  set(options)
  foreach(variable IN LISTS ARGN)
    string(REGEX MATCH "^(CC|CXX)=(.*)$" matched "${variable}")
    string(TOLOWER "--${CMAKE_MATCH_1}" option)
    list(APPEND options ${option} "${CMAKE_MATCH_2}")
  endforeach()
  set(${result} "${options}" PARENT_SCOPE)
endfunction()

# The command that checks this kernel and these compilers: cxxavailable.sh
function(_kcxx_check_command result kernel)
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_as_options(named ${ARGN})
  set(${result} sh "${kbuild}/cxxavailable.sh" --kernel "${kernel}" ${named} PARENT_SCOPE)
endfunction()

# The target cxxavailable: the check once more, for people
function(_kcxx_add_check kernel)
  if(NOT TARGET cxxavailable)
    _kcxx_check_command(command "${kernel}" ${ARGN})
    add_custom_target(cxxavailable COMMAND ${command} VERBATIM USES_TERMINAL)
  endif()
endfunction()

# Ends the configuration with @text, the requirements that are not met
function(_kcxx_refuse_kernel text)
  message(FATAL_ERROR "kcxx: no C++ module can be built here.\n${text}")
endfunction()

# Asks cxxavailable.sh with the options ARGN, and sets @result to the requirements that are not met, as make prints them
function(_kcxx_failed_requirements kernel result)
  _kcxx_check_command(command "${kernel}" ${ARGN})
  execute_process(COMMAND ${command} --format json OUTPUT_VARIABLE report ERROR_QUIET)
  _kcxx_requirements("${report}" "^failed$" "@problem@\n  found:  @found@\n  needed: @needed@\n  fix:    @fix@\n" "" text)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Passes on the warnings of cxxavailable.sh
function(_kcxx_warn file)
  file(READ "${file}" output)
  _kcxx_own_lines("${output}" text)
  if(text)
    string(REGEX REPLACE "(^|\n)warning: " "\\1kcxx: " text "${text}")
    message(WARNING "${text}")
  endif()
endfunction()

# Lines of cxxavailable.sh in the output of make start with ***. Lines of make itself, as "*** [target] Error 2", are left
# out. The text is not read as a list, because it may have a ';'.
function(_kcxx_own_lines output result)
  set(text)
  set(rest "\n${output}")
  while(rest MATCHES "\n\\*\\*\\* (kcxx: )?([^\n]*)(.*)")
    string(APPEND text "${CMAKE_MATCH_2}\n")
    set(rest "${CMAKE_MATCH_3}")
  endwhile()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Fills ``directory`` from kcxx's cache, or lets make do it with @ARGN. Sets status and output to make's.
function(_kcxx_take_or_make_facts kbuild directory make kernel)
  cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
  if(cores LESS 1) # unknown where /proc is missing
    set(cores 1)
  endif()
  # A bare environment: Makefile.cxxfacts records the variables that Kbuild exports beyond it.
  set(environment "PATH=$ENV{PATH}" "HOME=$ENV{HOME}" KCXX_KEEP_LIBRARY=y)
  foreach(name IN ITEMS TMPDIR XDG_CACHE_HOME KCXX_CACHE CCACHE_DIR CCACHE_CONFIGPATH CCACHE_DISABLE)
    if(DEFINED ENV{${name}})
      list(APPEND environment "${name}=$ENV{${name}}")
    endif()
  endforeach()
  _kcxx_get_record(cmake_dir kcxx.cmake_dir)
  set(keep_facts env -i ${environment} sh "${cmake_dir}/keep-facts.sh")
  set(arguments "${kbuild}" "${directory}" "${make}" "${kernel}" ${ARGN})
  set(output)
  execute_process(COMMAND ${keep_facts} take ${arguments} RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(NOT status EQUAL 0)
    execute_process(
      COMMAND env -i ${environment} "${make}" -s -j${cores} -C "${kernel}" "M=${directory}" ${ARGN}
      RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(status EQUAL 0)
      execute_process(COMMAND ${keep_facts} keep ${arguments} OUTPUT_QUIET ERROR_QUIET)
    endif()
  endif()
  set(status "${status}" PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

# Lets Kbuild check this kernel and these compilers, build the runtime in ``directory`` and write down its facts there.
# kcxx's cache keeps them.
function(_kcxx_ask_kbuild kernel directory)
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  find_program(KCXX_MAKE NAMES gmake make)
  mark_as_advanced(KCXX_MAKE)
  if(NOT KCXX_MAKE)
    message(FATAL_ERROR "kcxx: GNU make is missing.\n  found:  no gmake, no make\n"
      "  needed: GNU make: Kbuild is written in it\n  type:   apt-get install make")
  endif()
  _kcxx_as_options(named ${ARGN})
  execute_process(COMMAND sh "${kbuild}/make-variables.sh" ${named} "${kernel}"
    OUTPUT_VARIABLE variables OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REPLACE "\n" ";" variables "${variables}")
  _kcxx_get_record(languages project.languages)
  set(facts c)
  if("CXX" IN_LIST languages)
    set(facts y)
  endif()
  file(CONFIGURE OUTPUT "${directory}/Kbuild" CONTENT
    "# Made by cmake/KbuildVariables.cmake\nkcxx-facts := @facts@\ninclude @kbuild@/Makefile.cxx\n" @ONLY)
  _kcxx_take_or_make_facts("${kbuild}" "${directory}" "${KCXX_MAKE}" "${kernel}" ${variables})
  if(status AND NOT output MATCHES "\\*\\*\\* kcxx: ")
    # The kernel's own Makefile failed before it ran the check.
    _kcxx_failed_requirements("${kernel}" text ${ARGN})
  elseif(status)
    _kcxx_own_lines("${output}" text)
  endif()
  if(status AND text)
    _kcxx_refuse_kernel("${text}")
  elseif(status)
    list(JOIN variables " " variables)
    message(FATAL_ERROR
      "kcxx: Kbuild failed on an empty module.\n"
      "  found:  ${output}\n"
      "  needed: a kernel directory and compilers that build modules\n"
      "  type:   ${KCXX_MAKE} -C ${kernel} M=${directory} ${variables} V=1")
  endif()
endfunction()

# Records each KCXX_<NAME>='value' of facts.sh
function(_kcxx_read_facts file)
  file(STRINGS "${file}" lines REGEX "^KCXX_[A-Z_]+='")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^KCXX_([A-Z_]+)='(.*)'$" matched "${line}")
    set(name "${CMAKE_MATCH_1}")
    string(REPLACE "'\\''" "'" value "${CMAKE_MATCH_2}")
    _kcxx_set_record("kbuild.variable ${name}" "${value}")
  endforeach()
  _kcxx_get_kbuild_variable(complete END)
  if(NOT complete)
    message(FATAL_ERROR "kcxx: ${file} is incomplete.\n  type:   rm -r ${CMAKE_BINARY_DIR}/kcxx")
  endif()
  _kcxx_set_record(kernel.facts_file "${file}")
  _kcxx_get_kbuild_variable(release RELEASE)
  _kcxx_get_kbuild_variable(subdirectory INSTALL_MOD_DIR)
  set(KCXX_INSTALL_DIR "/lib/modules/${release}/${subdirectory}" CACHE INTERNAL
    "Where modules_install puts external modules of this kernel")
endfunction()

# Lets CMake configure again when a source of the facts changes
function(_kcxx_watch_inputs kernel)
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_compiler_files(compilers)
  _kcxx_set_record(kernel.compiler_files "${compilers}")
  _kcxx_library_headers(headers)
  file(GLOB_RECURSE ours LIST_DIRECTORIES false "${kbuild}/*")
  set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    "${kernel}/.config" "${kernel}/include/config/auto.conf"
    "${kernel}/include/generated/autoconf.h" "${kernel}/Makefile"
    ${compilers} ${ours} ${headers})
endfunction()

# Splits the command of a compiler: "ccache gcc-12 -m64" is a launcher, a program and its arguments.
function(_kcxx_split_compiler command launcher program arguments)
  separate_arguments(words UNIX_COMMAND "${command}")
  set(before)
  set(after)
  foreach(word IN LISTS words)
    if(after OR word MATCHES "^-")
      list(APPEND after "${word}")
    else()
      list(APPEND before "${word}")
    endif()
  endforeach()
  list(POP_BACK before last)
  set(${launcher} "${before}" PARENT_SCOPE)
  set(${program} "${last}" PARENT_SCOPE)
  set(${arguments} "${after}" PARENT_SCOPE)
endfunction()

# The compilers' own files, behind the links they are called by
function(_kcxx_compiler_files result)
  set(files)
  _kcxx_get_record(languages project.languages)
  foreach(language IN LISTS languages)
    string(REGEX REPLACE "^C$" "CC" name "${language}")
    _kcxx_get_kbuild_variable(command ${name})
    _kcxx_split_compiler("${command}" launcher program arguments)
    execute_process(COMMAND sh -c "realpath \"$(command -v \"$1\")\"" sh "${program}"
      OUTPUT_VARIABLE path OUTPUT_STRIP_TRAILING_WHITESPACE)
    list(APPEND files "${path}")
  endforeach()
  set(${result} "${files}" PARENT_SCOPE)
endfunction()

# Sets @result to the headers that the library's bindings are made of. Ninja refuses a rule with one file twice, by two
# paths.
function(_kcxx_library_headers result)
  set(headers)
  if(EXISTS "${CMAKE_BINARY_DIR}/kcxx/.kcxx/library/headers")
    file(STRINGS "${CMAKE_BINARY_DIR}/kcxx/.kcxx/library/headers" paths)
    foreach(path IN LISTS paths)
      cmake_path(NORMAL_PATH path)
      list(APPEND headers "${path}")
    endforeach()
  endif()
  set(${result} "${headers}" PARENT_SCOPE)
endfunction()
