# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# kcxx-modules.json in the build directory: the modules of this build, for programs
# (`kcxx matrix` is one). Names are never removed or given another meaning while
# format_version is 1; new ones may come.
#
#   {"format_version": 1, "kernel": <directory>, "release": <release>,
#    "modules": [{"name": <target>, "file": <path of its .ko>,
#                 "all": <whether `all` builds it>,
#                 "constraints": [<option of cxxavailable.sh>…],
#                 "excluded": <why it is not for this kernel, or null>,
#                 "tests": [<name of a test of CTest that loads it>…]}…]}

function(_kcxx_json_string text result)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${result} "\"${text}\"" PARENT_SCOPE)
endfunction()

function(_kcxx_json_list result)
  set(texts)
  foreach(text IN LISTS ARGN)
    _kcxx_json_string("${text}" text)
    list(APPEND texts "${text}")
  endforeach()
  list(JOIN texts ", " texts)
  set(${result} "[${texts}]" PARENT_SCOPE)
endfunction()

# Remembers a module for the list; ARGN: its constraints
function(_kcxx_list_module name in_all excluded)
  _kcxx_append_record(project.modules ${name})
  if(excluded)
    _kcxx_json_string("${excluded}" excluded)
  else()
    set(excluded null)
  endif()
  _kcxx_json_list(constraints ${ARGN})
  _kcxx_set_record("module.listed ${name}"
    "\"name\": \"${name}\", \"file\": \"$<TARGET_FILE:${name}>\", \"all\": ${in_all}, \"constraints\": ${constraints}, \"excluded\": ${excluded}")
endfunction()

# Writes the list, at the end of the project, when all modules and their tests are known
function(_kcxx_write_module_list)
  _kcxx_get_record(kernel kernel.directory)
  _kcxx_get_kbuild_variable(release RELEASE)
  _kcxx_get_record(modules project.modules)
  set(entries)
  foreach(name IN LISTS modules)
    _kcxx_get_record(tests "module.tests ${name}")
    _kcxx_get_record(entry "module.listed ${name}")
    _kcxx_json_list(tests ${tests})
    if(entries)
      string(APPEND entries ",\n")
    endif()
    string(APPEND entries "{${entry}, \"tests\": ${tests}}")
  endforeach()
  get_property(several GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(file kcxx-modules.json)
  if(several)
    set(file "kcxx-modules-$<CONFIG>.json")
  endif()
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/${file}" CONTENT
    "{\"format_version\": 1, \"kernel\": \"${kernel}\", \"release\": \"${release}\", \"modules\": [\n${entries}\n]}\n")
endfunction()
