# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
AddKernelModule
---------------

.. command:: add_kernel_module

  A Linux kernel module as a target::

    add_kernel_module(<name> [EXCLUDE_FROM_ALL] <source>... [PREBUILT <object>...]
                      [KERNEL_MIN <version>] [KERNEL_MAX <version>]
                      [ARCH <arch>...] [REQUIRES CONFIG_<OPTION>...])

  Builds ``<name>.ko`` in the current binary directory, for :variable:`KCXX_KERNEL`,
  with the flags the kernel itself is built with, from C++ (``.cc``, ``.cpp``,
  ``.cxx``), C (``.c``) and assembly (``.S``) sources. ``target_sources()``,
  ``target_compile_definitions()``, ``target_include_directories()`` and
  ``target_compile_options()`` work on it; flags of build types and of the
  directory do not reach it. ``$<TARGET_FILE:<name>>`` is the ``.ko``.

  :command:`add_kernel_library` is for code that modules share. ``target_link_libraries(b PRIVATE a)`` lets module ``b`` use the symbols that
  module ``a`` exports; :variable:`KCXX_LINK_SIBLINGS` does it for all modules of the project. Libraries of user space are refused; ``INTERFACE`` libraries, which
  are headers and definitions, work as on any target.

  ``PREBUILT``
    Objects that come as they are (``.o``, ``.o_binary``, ``.o_shipped``), because their sources are missing. Their
    flags are unknown, so the build prints their names, and ``modinfo`` shows them as ``kcxx_prebuilt``. The CRCs of
    their exports are in ``.<object>.cmd`` beside them, where Kbuild left them. Any other object is refused.
  ``KERNEL_MIN``, ``KERNEL_MAX``
    The oldest and the newest kernel the module is for; ``KERNEL_MAX 6.12``
    includes 6.12.5.
  ``ARCH``
    The architectures it is for: ``x86_64``, ``arm64``, ``riscv64``.
  ``REQUIRES``
    Options the kernel has to have, as ``CONFIG_USB``; built in or as a module.

  For any other kernel the configuration continues and prints why the module is left
  out: it is not part of ``all``, building it by name fails with the reason, its
  tests are skipped, and ``install()`` passes it over. ``kcxx matrix`` shows it as
  excluded.

  The language is C++23. ``target_compile_features()`` with a feature of it works; ``CXX_STANDARD`` and
  ``target_precompile_headers()`` are refused, ``UNITY_BUILD`` has no effect.

  Options that undo flags of the kernel are refused when an object is compiled, and so are libraries, objects
  and linker options that are not Kbuild's. ``set_source_files_properties(<source> PROPERTIES KCXX_FPU ON)``
  is for a source whose functions run between ``kernel_fpu_begin()`` and ``kernel_fpu_end()``.

  :variable:`KCXX_SIGNING_KEY` signs it.

  ``kcxx-modules.json`` in the build directory lists the modules for programs.

  ``install(TARGETS <name> DESTINATION ${KCXX_INSTALL_DIR})`` installs it where
  ``make modules_install`` would, and runs depmod when that is this system.
#]=======================================================================]

_kcxx_describe_command(add_kernel_module
  "[EXCLUDE_FROM_ALL] <source>... [PREBUILT <object>...] [KERNEL_MIN <version>] [KERNEL_MAX <version>] [ARCH <arch>...] [REQUIRES CONFIG_<OPTION>...]"
  "<name>.cc")

function(add_kernel_module name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "EXCLUDE_FROM_ALL" "KERNEL_MIN;KERNEL_MAX" "ARCH;REQUIRES;PREBUILT")
  set(sources "${ARG_UNPARSED_ARGUMENTS}")
  _kcxx_check_module_name("${name}")
  if(ARG_KEYWORDS_MISSING_VALUES)
    list(GET ARG_KEYWORDS_MISSING_VALUES 0 keyword)
    _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "a keyword without its value"
      "${keyword}, and nothing after it" "a value")
  endif()
  _kcxx_check_sources(${CMAKE_CURRENT_FUNCTION} "${name}" sources)
  _kcxx_check_prebuilt("${name}" prebuilt ${ARG_PREBUILT})
  _kcxx_check_constraints("${name}" constraints "${ARG_KERNEL_MIN}" "${ARG_KERNEL_MAX}" "${ARG_ARCH}" "${ARG_REQUIRES}")
  _kcxx_require_facts()
  _kcxx_exclusion(excluded ${constraints})

  if(prebuilt)
    _kcxx_write_prebuilt_record("${name}" "${CMAKE_CURRENT_BINARY_DIR}/prebuilt" record ${prebuilt})
    list(APPEND sources "${record}")
  endif()
  set(exclude_directory)
  if(excluded)
    set(exclude_directory EXCLUDE_DIRECTORY)
  endif()
  _kcxx_add_target("${name}" MODULE EXCLUDE "${ARG_EXCLUDE_FROM_ALL}" ${exclude_directory}
    SOURCES ${sources} PREBUILT ${prebuilt})
  if(excluded)
    _kcxx_exclude_module("${name}" "${excluded}")
  endif()
  set(in_all true)
  if(ARG_EXCLUDE_FROM_ALL)
    set(in_all false)
  endif()
  _kcxx_set_record("module.constraints ${name}" "${constraints}")
  _kcxx_list_module("${name}" ${in_all} "${excluded}" ${constraints})
endfunction()

# Adds the target @name, of the @type MODULE, STATIC or OBJECT:
#
#   _kcxx_add_target(<name> <type> EXCLUDE <TRUE or FALSE> [EXCLUDE_DIRECTORY] SOURCES <source>... [PREBUILT <object>...])
#
# EXCLUDE leaves it out of all. For a module that is not for this kernel, EXCLUDE_DIRECTORY does: CMake warns of
# install() for a target that is left out by itself.
function(_kcxx_add_target name type)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "EXCLUDE_DIRECTORY" "EXCLUDE" "SOURCES;PREBUILT")
  foreach(source IN LISTS ARG_SOURCES)
    if(source MATCHES "\\.(cc|cpp|cxx)$")
      _kcxx_require_cxx("${source}")
    endif()
  endforeach()

  # The target has a directory of its own, which the flags of user space do not reach;
  # in every other respect it acts as a target of this directory.
  set(_kcxx_name "${name}")
  set(_kcxx_type "${type}")
  set(_kcxx_sources "${ARG_SOURCES}")
  set(_kcxx_prebuilt "${ARG_PREBUILT}")
  set(_kcxx_exclude "${ARG_EXCLUDE}")
  set(exclude_directory)
  if(ARG_EXCLUDE_DIRECTORY)
    set(exclude_directory EXCLUDE_FROM_ALL)
  endif()
  if(CMAKE_LIBRARY_OUTPUT_DIRECTORY)
    set(_kcxx_output "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}")
  else()
    set(_kcxx_output "${CMAKE_CURRENT_BINARY_DIR}")
  endif()
  _kcxx_get_record(cmake_dir kcxx.cmake_dir)
  add_subdirectory("${cmake_dir}/module" "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/kcxx-${name}"
    ${exclude_directory})

  _kcxx_generate_sources_of(${name} ${ARG_SOURCES} ${ARG_PREBUILT})

  # Source properties belong to a directory; those that are set later count as well.
  cmake_language(EVAL CODE "cmake_language(DEFER CALL _kcxx_finish_sources [[${name}]])")
  _kcxx_finish_project_once()
endfunction()

# A rule that generates a source belongs to the directory that adds it, so a target of that directory runs it.
function(_kcxx_generate_sources_of name)
  set(generated)
  foreach(source IN LISTS ARGN)
    get_source_file_property(is_generated "${source}" GENERATED)
    if(is_generated)
      list(APPEND generated "${source}")
    endif()
  endforeach()
  if(generated)
    set(rules ${name}-generated)
    while(TARGET ${rules})
      string(APPEND rules -too)
    endwhile()
    add_custom_target(${rules} DEPENDS ${generated})
    add_dependencies(${name} ${rules})
  endif()
endfunction()

# Sets ``result`` to the absolute path of a source, which is there or is generated; @command(@name) names it
function(_kcxx_absolute_source command name source result)
  _kcxx_require_plain_path("the source ${source}" "${source}")
  get_filename_component(path "${source}" ABSOLUTE)
  get_source_file_property(generated "${path}" GENERATED)
  if(NOT generated AND NOT EXISTS "${path}")
    set(path "${CMAKE_CURRENT_BINARY_DIR}/${source}")
    get_source_file_property(generated "${path}" GENERATED)
  endif()
  if(NOT generated AND NOT EXISTS "${path}")
    _kcxx_refuse_call(${command} "${name}" "a source does not exist" "no ${CMAKE_CURRENT_SOURCE_DIR}/${source}"
      "the file, or a rule that generates it" "the path as seen from ${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set(${result} "${path}" PARENT_SCOPE)
endfunction()

# Makes the paths in ``variable``, sources of @command(@name), absolute. Unknown keywords arrive here, among the
# sources.
function(_kcxx_check_sources command name variable)
  set(absolute)
  foreach(source IN LISTS ${variable})
    if(source MATCHES "^[A-Z][A-Z_0-9]+$")
      _kcxx_refuse_call(${command} "${name}" "unknown keyword" "${source}"
        "one of the keywords below, or the name of a source")
    endif()
    if(source MATCHES "\\.s$")
      _kcxx_refuse_raw_assembly(${command} "${name}" "${source}")
    endif()
    if(source MATCHES "\\.o(_binary|_shipped)?$" AND NOT source MATCHES "^\\$<")
      _kcxx_refuse_call(${command} "${name}" "an object among the sources" "${source}"
        "its source; or the word PREBUILT, for an object that comes as it is"
        "add_kernel_module(${name} <source>… PREBUILT ${source})")
    endif()
    if(NOT source MATCHES "\\.(cc|cpp|cxx|c|S|h|hpp|hh)$" AND NOT source MATCHES "^\\$<")
      _kcxx_refuse_call(${command} "${name}" "not a source of a module" "${source}"
        ".cc, .cpp or .cxx (C++), .c (C), .S (assembly), or a header")
    endif()
    if(NOT source MATCHES "^\\$<")
      _kcxx_absolute_source(${command} "${name}" "${source}" source)
    endif()
    list(APPEND absolute "${source}")
  endforeach()
  if(NOT absolute)
    _kcxx_call_of(${command} "${name}" example example)
    _kcxx_refuse_call(${command} "${name}" "no source" "no file named" "at least one C++ or C source" "${example}")
  endif()
  _kcxx_require_plain_path("the source directory of ${name}" "${CMAKE_CURRENT_SOURCE_DIR}")
  set(${variable} "${absolute}" PARENT_SCOPE)
endfunction()

# Assembly that is not preprocessed sees no macros of the kernel: neither RET nor SYM_FUNC_START().
function(_kcxx_refuse_raw_assembly command name source)
  string(REGEX REPLACE "s$" "S" preprocessed "${source}")
  _kcxx_refuse_call(${command} "${name}" "assembly that Kbuild does not compile" "${source}"
    ".S, which is preprocessed: functions there begin with SYM_FUNC_START() and return by RET"
    "mv ${source} ${preprocessed}")
endfunction()

# Assembly by target_sources(): the module's directory has ended, and CMake enables no language any more.
function(_kcxx_finish_assembly name source)
  if(source MATCHES "\\.s$")
    _kcxx_refuse_raw_assembly(add_kernel_module "${name}" "${source}")
  endif()
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "ASM" IN_LIST languages)
    message(FATAL_ERROR
      "kcxx: the module ${name} has assembly, for which CMake has no language.\n"
      "  found:  ${source}, by target_sources()\n"
      "  needed: the language ASM, which add_kernel_module() enables for the sources that it names\n"
      "  type:   add_kernel_module(${name} … ${source}), or project(${PROJECT_NAME} LANGUAGES C CXX ASM)")
  endif()
  # CMake knows .S by itself where the user's directory has enabled the language.
  set_property(SOURCE "${source}" TARGET_DIRECTORY ${name} PROPERTY LANGUAGE ASM)
endfunction()

# A feature that target_compile_features() requires sets the standard where the directory's own default is older. It is
# a minimum, and C++23 has it. CXX_STANDARD by itself is an option -std=, which the library cannot be read with.
function(_kcxx_finish_standard name)
  get_target_property(standard ${name} CXX_STANDARD)
  if(NOT standard)
    return()
  endif()
  get_target_property(features ${name} COMPILE_FEATURES)
  set(minimum 23)
  if(standard MATCHES "^(11|14|17|20)$")
    set(minimum ${standard})
  endif()
  if(NOT standard EQUAL 23 AND NOT (minimum EQUAL standard AND "cxx_std_${standard}" IN_LIST features))
    message(FATAL_ERROR
      "kcxx: ${name} has a C++ standard of its own.\n"
      "  found:  CXX_STANDARD ${standard}\n"
      "  needed: C++23, which kcxx is written in; sources of older C++ compile with it\n"
      "  type:   target_compile_features(${name} PRIVATE cxx_std_${minimum}), which is a minimum, in place of CXX_STANDARD")
  endif()
  set_property(TARGET ${name} PROPERTY CXX_STANDARD)
endfunction()

# Refuses target_precompile_headers(): bindings of the kernel's headers are made for each source.
function(_kcxx_refuse_precompiled_headers name)
  get_target_property(headers ${name} PRECOMPILE_HEADERS)
  get_target_property(reused ${name} PRECOMPILE_HEADERS_REUSE_FROM)
  if(headers OR reused)
    list(JOIN headers " " headers)
    if(NOT headers)
      set(headers "REUSE_FROM ${reused}")
    endif()
    message(FATAL_ERROR
      "kcxx: ${name} has precompiled headers.\n"
      "  found:  target_precompile_headers(${name} … ${headers})\n"
      "  needed: headers that each source includes; bindings of the kernel's headers are made for each source\n"
      "  type:   #include them in the sources, or target_compile_options(${name} PRIVATE \"SHELL:-include <header>\")")
  endif()
endfunction()

# Copies source properties to the module's scope, at the end of the user's directory, when
# they are complete, and adds the definitions that Kbuild has for each file.
function(_kcxx_finish_sources name)
  _kcxx_finish_standard("${name}")
  _kcxx_refuse_precompiled_headers("${name}")
  _kcxx_get_record(compilers kernel.compiler_files)
  get_target_property(sources ${name} SOURCES)
  foreach(source IN LISTS sources)
    if(source MATCHES "^\\$<" OR NOT source MATCHES "\\.(cc|cpp|cxx|c|[sS])$")
      continue()
    endif()
    if(source MATCHES "\\.(cc|cpp|cxx)$")
      _kcxx_require_cxx("${source}")
    elseif(source MATCHES "\\.[sS]$")
      _kcxx_finish_assembly("${name}" "${source}")
    endif()
    foreach(property COMPILE_DEFINITIONS COMPILE_OPTIONS COMPILE_FLAGS INCLUDE_DIRECTORIES
        OBJECT_DEPENDS HEADER_FILE_ONLY)
      get_source_file_property(value "${source}" ${property})
      if(value)
        set_property(SOURCE "${source}" TARGET_DIRECTORY ${name} PROPERTY ${property} "${value}")
      endif()
    endforeach()
    get_source_file_property(uses_fpu "${source}" KCXX_FPU)
    if(uses_fpu)
      set_property(SOURCE "${source}" TARGET_DIRECTORY ${name} APPEND PROPERTY COMPILE_DEFINITIONS KCXX_FPU)
    endif()
    get_filename_component(basename "${source}" NAME_WLE)
    string(REGEX REPLACE "[-,]" "_" basename "${basename}")
    set_property(SOURCE "${source}" TARGET_DIRECTORY ${name} APPEND PROPERTY
      COMPILE_DEFINITIONS "KBUILD_BASENAME=\"${basename}\"")
    if(source MATCHES "\\.(cc|cpp|cxx)$")
      _kcxx_add_editor_bindings("${name}" "${source}")
    endif()
    # Another compiler, or another flag for objects, compiles the source again.
    set(language CXX)
    if(source MATCHES "\\.c$")
      set(language C)
    elseif(source MATCHES "\\.S$")
      set(language ASM)
    endif()
    _kcxx_get_record(object_flags "flags.object_file ${language}")
    set_property(SOURCE "${source}" TARGET_DIRECTORY ${name} APPEND PROPERTY
      OBJECT_DEPENDS "${compilers};${object_flags}")
  endforeach()
endfunction()

# Editors find the kernel's headers in C++ where kbuild/bindgen/editor-bindings.sh makes them. They read the command of
# compile_commands.json; compile-object.sh removes these options, because the compiler has bindings of its own.
function(_kcxx_add_editor_bindings name source)
  file(RELATIVE_PATH relative "${CMAKE_SOURCE_DIR}" "${source}")
  string(REGEX REPLACE "[^A-Za-z0-9_.-]" "+" relative "${relative}")
  set(directory "${CMAKE_BINARY_DIR}/kcxx/.kcxx/editor/${name}+${relative}")
  foreach(file IN ITEMS own.hpp guards.hpp)
    if(NOT EXISTS "${directory}/${file}")
      file(WRITE "${directory}/${file}" "")
    endif()
  endforeach()
  set_property(SOURCE "${source}" TARGET_DIRECTORY ${name} APPEND PROPERTY COMPILE_OPTIONS
    -idirafter "${directory}/include" -imacros "${directory}/guards.hpp" -include "${directory}/own.hpp")
endfunction()

# Defers, once for a project, the calls for its end: the last install rules, the list of modules, signing and others
function(_kcxx_finish_project_once)
  _kcxx_get_record(done project.end_deferred)
  if(done)
    return()
  endif()
  _kcxx_set_record(project.end_deferred TRUE)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_install_excluded)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_install_depmod)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_write_siblings)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_check_libraries)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_write_module_list)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _kcxx_finish_signing)
endfunction()

# Runs depmod, which writes the system's modules.dep, only if modules were installed into the system.
function(_kcxx_install_depmod)
  find_program(KCXX_DEPMOD NAMES depmod PATHS /sbin /usr/sbin)
  mark_as_advanced(KCXX_DEPMOD)
  string(CONFIGURE [[
    set(_kcxx_modules FALSE)
    foreach(_kcxx_file IN LISTS CMAKE_INSTALL_MANIFEST_FILES)
      string(FIND "${_kcxx_file}" "/lib/modules/@KCXX_KERNEL_RELEASE@/" _kcxx_at)
      if(_kcxx_at EQUAL 0 AND _kcxx_file MATCHES "\\.ko$")
        set(_kcxx_modules TRUE)
      endif()
    endforeach()
    if(_kcxx_modules AND "$ENV{DESTDIR}" STREQUAL "")
      message(STATUS "Running: depmod @KCXX_KERNEL_RELEASE@")
      execute_process(COMMAND "@KCXX_DEPMOD@" "@KCXX_KERNEL_RELEASE@" RESULT_VARIABLE _kcxx_status)
      if(NOT _kcxx_status EQUAL 0)
        message(FATAL_ERROR "kcxx: depmod failed: modprobe will not find the modules.\n"
          "  found:  '@KCXX_DEPMOD@' ended with ${_kcxx_status}\n"
          "  needed: depmod, as root\n"
          "  type:   apt-get install kmod, then depmod @KCXX_KERNEL_RELEASE@")
      endif()
    endif()
  ]] code @ONLY)
  install(CODE "${code}" ALL_COMPONENTS)
endfunction()
