# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
KernelProbes
------------

Questions of a project to each kernel that it is built for. They are asked here when CMake configures, and in its DKMS
trees whenever those are built.

.. command:: kcxx_probe

  A macro for the answer::

    kcxx_probe(<NAME> COMPILES <statements> [DECLARATIONS <code>] [HEADERS <header>...])
    kcxx_probe(<NAME> MEMBER <type> <member> [TYPE <type>] [HEADERS <header>...])
    kcxx_probe(<NAME> DECLARED <name> [PROTOTYPE <type>] HEADERS <header>...)
    kcxx_probe(<NAME> EXPORTED|EXPORTED_GPL <symbol> [PROTOTYPE <type> HEADERS <header>...])
    kcxx_probe(<NAME> HEADER <header>)

  ``<generated/kcxx-probes.h>``, for C and C++, has ``#define <NAME> 1`` if the answer is yes, and a comment with the
  reason if it is no. All modules and libraries of the project find it.

.. command:: kcxx_probes

  Probes from files, in the format of ``docs/probes.md``, which Kbuild files name as well::

    kcxx_probes(<file>...)

.. command:: kcxx_sources_if

  Sources that are compiled where the kernel has an option (``y`` or ``m``), or where the answer of a probe is yes::

    kcxx_sources_if(<target> [NOT] CONFIG_<OPTION>|<NAME> <source>...)

  A DKMS tree has them in either case, and decides anew for each kernel.
#]=======================================================================]

_kcxx_describe_command(kcxx_probe "COMPILES <statements> | MEMBER <type> <member> [TYPE <type>] | DECLARED <name> [PROTOTYPE <type>] | EXPORTED|EXPORTED_GPL <symbol> [PROTOTYPE <type>] | HEADER <header> [DECLARATIONS <code>] [HEADERS <header>...]"
  "HEADER <linux/<name>.h>")

function(kcxx_probe name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG ""
    "COMPILES;DECLARATIONS;DECLARED;EXPORTED;EXPORTED_GPL;HEADER;PROTOTYPE;TYPE" "MEMBER;HEADERS")
  _kcxx_refuse_wrong_words(${CMAKE_CURRENT_FUNCTION} "${name}" "${ARG_UNPARSED_ARGUMENTS}" "${ARG_KEYWORDS_MISSING_VALUES}")
  set(questions)
  foreach(keyword IN ITEMS COMPILES MEMBER DECLARED EXPORTED EXPORTED_GPL HEADER)
    if(DEFINED ARG_${keyword})
      list(APPEND questions ${keyword})
    endif()
  endforeach()
  if(NOT questions AND DEFINED ARG_DECLARATIONS)
    set(questions COMPILES)
  endif()
  _kcxx_check_probe("${name}" "${questions}" "${ARG_MEMBER}" "${ARG_TYPE}" "${ARG_PROTOTYPE}" "${ARG_HEADERS}")

  set(text "${name}:\n")
  foreach(keyword IN ITEMS HEADERS MEMBER TYPE DECLARED EXPORTED EXPORTED_GPL PROTOTYPE HEADER)
    if(ARG_${keyword})
      list(JOIN ARG_${keyword} " " value)
      string(TOLOWER "${keyword}" line)
      string(REGEX REPLACE "[ \t\n]+" " " value "${value}")
      string(APPEND text "\t${line} ${value}\n")
    endif()
  endforeach()
  foreach(keyword IN ITEMS DECLARATIONS COMPILES)
    if(DEFINED ARG_${keyword})
      string(TOLOWER "${keyword}" line)
      string(REGEX REPLACE "^[ \t]*\n|[ \t\n]+$" "" code "${ARG_${keyword}}")
      string(REGEX REPLACE "\n" "\n\t${line} " code "${code}")
      string(APPEND text "\t${line} ${code}\n")
    endif()
  endforeach()
  _kcxx_get_record(other "probe.text ${name}")
  if(other STREQUAL text)
    return()
  elseif(other)
    _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "there is one of that name" "another question as ${name}" "another name")
  endif()
  _kcxx_set_record("probe.text ${name}" "${text}")
  _kcxx_add_probes("${text}" ${name})
endfunction()

# Ends with an error unless @questions, keywords of kcxx_probe(), is one question, with a value that fits the others
function(_kcxx_check_probe name questions member type prototype headers)
  list(LENGTH questions count)
  list(JOIN questions " and " found)
  if(NOT count EQUAL 1)
    _kcxx_refuse_call(kcxx_probe "${name}" "not one question" "'${found}'"
      "one of COMPILES, MEMBER, DECLARED, EXPORTED, EXPORTED_GPL, HEADER")
  endif()
  list(LENGTH member words)
  if(questions STREQUAL "MEMBER" AND NOT words EQUAL 2)
    list(JOIN member " " found)
    _kcxx_refuse_call(kcxx_probe "${name}" "no member" "MEMBER ${found}"
      "a type in quotes, and a member: MEMBER \"struct file_operations\" iopoll")
  endif()
  if((type AND NOT questions STREQUAL "MEMBER")
      OR (prototype AND NOT questions MATCHES "^(DECLARED|EXPORTED|EXPORTED_GPL)$"))
    _kcxx_refuse_call(kcxx_probe "${name}" "a type of nothing" "${questions} with '${type}${prototype}'"
      "TYPE with MEMBER, PROTOTYPE with DECLARED, EXPORTED or EXPORTED_GPL")
  endif()
  if((prototype OR type OR questions STREQUAL "DECLARED") AND NOT headers)
    _kcxx_refuse_call(kcxx_probe "${name}" "no headers" "${questions} without HEADERS"
      "the headers of the kernel that declare it")
  endif()
endfunction()

function(kcxx_probes)
  foreach(file IN LISTS ARGN)
    get_filename_component(path "${file}" ABSOLUTE)
    if(NOT EXISTS "${path}")
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${file}" "no such file" "no ${path}"
        "a file of probes: see docs/probes.md" "the path as seen from ${CMAKE_CURRENT_SOURCE_DIR}")
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(READ "${path}" text)
    set(names)
    file(STRINGS "${path}" lines REGEX "^[ \t]*[A-Za-z_0-9]+:[ \t]*$")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "[ \t:]" "" name "${line}")
      list(APPEND names "${name}")
    endforeach()
    _kcxx_add_probes("${text}\n" ${names})
  endforeach()
endfunction()

# Adds @text, the probes ARGN. They run all at once: at the end of the project, or when an answer is needed.
function(_kcxx_add_probes text)
  _kcxx_get_record(known project.probes)
  if(NOT known)
    cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_finish_probes)
  endif()
  _kcxx_append_record(project.probes ${ARGN})
  _kcxx_get_record(texts project.probes_text)
  _kcxx_set_record(project.probes_text "${texts}${text}")
endfunction()

# The file of all probes of the project, for DKMS trees; "" if there are none
function(_kcxx_probes_file result)
  _kcxx_get_record(known project.probes)
  set(${result} "" PARENT_SCOPE)
  if(known)
    set(${result} "${CMAKE_BINARY_DIR}/kcxx/kcxx.probes" PARENT_SCOPE)
  endif()
endfunction()

# Writes the header with all answers, at the end of the project
function(_kcxx_finish_probes)
  _kcxx_get_record(text project.probes_text)
  _kcxx_require_facts()
  _kcxx_get_kbuild_variable(directory MODULE_DIR)
  _kcxx_get_kbuild_variable(objtree OBJTREE)
  _kcxx_probes_file(file)
  file(CONFIGURE OUTPUT "${file}" CONTENT "@text@" @ONLY)
  _kcxx_run_probes("${file}" "${directory}/.kcxx")
  file(STRINGS "${directory}/.kcxx/probes/headers" headers)
  set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${objtree}/Module.symvers" ${headers})
endfunction()

# Answers the probes that are known so far, before the end of the project: the global property _KCXX_YES has the names
# of those whose answer is yes. The header keeps all answers of the last time, so that nothing is compiled again.
function(_kcxx_answer_early)
  _kcxx_get_record(text project.probes_text)
  _kcxx_get_record(answered project.probes_answered)
  if(text STREQUAL answered)
    return()
  endif()
  _kcxx_require_facts()
  _kcxx_get_kbuild_variable(directory MODULE_DIR)
  set(early "${directory}/.kcxx/early")
  file(CONFIGURE OUTPUT "${early}/kcxx.probes" CONTENT "@text@" @ONLY)
  _kcxx_run_probes("${early}/kcxx.probes" "${early}" "${directory}/.kcxx")
  file(STRINGS "${early}/probes.mk" yes REGEX ":= y$")
  list(TRANSFORM yes REPLACE " := y$" "")
  _kcxx_set_record(project.probes_met "${yes}")
  _kcxx_set_record(project.probes_answered "${text}")
endfunction()

# Calls run-probes.sh for @file, with the directories ARGN
function(_kcxx_run_probes file)
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_get_record(facts kernel.facts_file)
  execute_process(COMMAND sh "${kbuild}/run-probes.sh" "${facts}" "${file}" ${ARGN}
    RESULT_VARIABLE status ERROR_VARIABLE output)
  if(status)
    _kcxx_own_lines("${output}" lines)
    if(NOT lines)
      set(lines "${output}")
    endif()
    message(FATAL_ERROR "kcxx: ${lines}")
  elseif(output)
    string(REPLACE "kcxx: warning: " "kcxx: " output "${output}")
    string(STRIP "${output}" output)
    list(GET ARGN 0 directory)
    message(WARNING "${output}.\n  see:  ${directory}/include/generated/kcxx-probes.log")
  endif()
endfunction()

_kcxx_describe_command(kcxx_sources_if "[NOT] CONFIG_<OPTION>|<probe> <source>..." "CONFIG_COMPAT compat.c")

function(kcxx_sources_if target)
  set(sources ${ARGN})
  set(not)
  list(POP_FRONT sources condition)
  if(condition STREQUAL "NOT")
    set(not "NOT ")
    list(POP_FRONT sources condition)
  endif()
  _kcxx_check_condition("${target}" "${condition}")
  _kcxx_check_sources(${CMAKE_CURRENT_FUNCTION} "${target}" sources)
  _kcxx_holds("${condition}" holds)
  if(not)
    if(holds)
      set(holds FALSE)
    else()
      set(holds TRUE)
    endif()
  endif()
  _kcxx_refuse_twice("${target}" ${sources})
  foreach(source IN LISTS sources)
    if(source MATCHES "\\.(cc|cpp|cxx)$")
      _kcxx_require_cxx("${source}")
    endif()
    if(NOT holds) # known to the target and its DKMS tree, with its properties
      set_property(SOURCE "${source}" TARGET_DIRECTORY ${target} PROPERTY HEADER_FILE_ONLY ON)
    endif()
    _kcxx_set_record("source.condition ${target} ${source}" "${not}${condition}")
  endforeach()
  target_sources(${target} PRIVATE ${sources})
  _kcxx_generate_sources_of(${target} ${sources})
endfunction()

function(_kcxx_check_condition target condition)
  _kcxx_get_record(modules project.modules)
  _kcxx_get_record(libraries project.libraries)
  if(NOT target IN_LIST modules AND NOT target IN_LIST libraries)
    _kcxx_refuse_call(kcxx_sources_if "${target}" "no such module or library" "${target}"
      "a target of add_kernel_module() or add_kernel_library(), added before" "add_kernel_module(${target} ${target}.cc)")
  endif()
  _kcxx_get_record(probes project.probes)
  if(NOT condition MATCHES "^CONFIG_[A-Za-z0-9_]+$" AND NOT condition IN_LIST probes)
    list(JOIN probes ", " probes)
    _kcxx_refuse_call(kcxx_sources_if "${target}" "no condition" "'${condition}'"
      "CONFIG_<OPTION>, or a probe that was added before: ${probes}")
  endif()
endfunction()

# Refuses a source that is compiled anyway, or on another condition as well
function(_kcxx_refuse_twice target)
  get_target_property(present ${target} SOURCES)
  foreach(source IN LISTS ARGN)
    if(source IN_LIST present)
      _kcxx_get_record(condition "source.condition ${target} ${source}")
      _kcxx_refuse_call(kcxx_sources_if "${target}" "a source is there already"
        "${source}, on the condition '${condition}'" "one condition for a source"
        "#if defined(…) || … in the source, with <generated/kcxx-probes.h>")
    endif()
  endforeach()
endfunction()

# Sets @result to TRUE if the kernel has the option, or if the answer of the probe is yes
function(_kcxx_holds condition result)
  set(${result} FALSE PARENT_SCOPE)
  if(condition MATCHES "^CONFIG_")
    kcxx_config(${condition} value)
    if(value MATCHES "^[ym]$")
      set(${result} TRUE PARENT_SCOPE)
    endif()
    return()
  endif()
  _kcxx_answer_early()
  _kcxx_get_record(yes project.probes_met)
  if(condition IN_LIST yes)
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()
