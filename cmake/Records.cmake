# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The values that kcxx keeps between its calls. CMake's functions have global properties for that alone, which any name
# makes; here a name that is not in the list is an error. A record of one module, package or the like names it after a
# space:
#
#   _kcxx_set_record("module.excluded ${module}" "the kernel is too old")
#   _kcxx_append_record(project.modules "${module}")
#   _kcxx_get_record(reason "module.excluded ${module}") # sets reason, to "" if nothing was recorded

set_property(GLOBAL PROPERTY _KCXX_RECORDS
  # Directories of kcxx
  kcxx.cmake_dir kcxx.kbuild_dir kcxx.templates_dir
  # A command, by its name: the arguments after the first one, where <name> is the first one; and a short call
  command.synopsis command.example
  # The kernel, as soon as a module needs it; facts_file is written by kbuild/Makefile.cxxfacts
  kernel.directory kernel.facts_file kernel.compiler_files
  # A variable of facts_file, by its name without KCXX_
  kbuild.variable
  # Regular expressions of the options that decide how a source is read
  flags.reading_options
  # A language (C, CXX or ASM): the kernel's flags; object_file is a file of those that concern the object alone
  flags.reading flags.include flags.include_directories flags.object_file
  # The project; end_deferred: the calls for its end are deferred
  project.languages project.modules project.libraries project.excluded_modules project.packages project.end_deferred
  project.probes project.probes_text project.probes_answered project.probes_met project.signatures_tried
  # A list of constraints: whether cxxavailable.sh was asked, and the reason by which they exclude this kernel
  constraints.checked constraints.excluded
  # A module; listed: its entry of kcxx-modules.json; siblings: the modules that KCXX_LINK_SIBLINGS adds
  module.constraints module.excluded module.listed module.tests module.siblings module.exports module.names
  module.signing_key module.signing_certificate module.signing_file
  # "<module> <sibling>": the symbol by which they belong together
  sibling.reason
  # "<target> <source>": the condition of kcxx_sources_if()
  source.condition
  # The text of a probe
  probe.text
  # Keywords of add_dkms_package(): those whose value is a script, those whose values are files beside the modules; and
  # for each of the latter: its folder, a regular expression of the names that are read there, those names in words
  dkms.scripts packaged.kinds packaged.place
  # A package of add_dkms_package(): its keywords, in small letters; common: the package of the files beside the modules
  package.version package.modules package.kernel_min package.kernel_max package.arch package.requires
  package.destination package.depends_on package.build_depends_rebuild package.autoinstall package.patches package.files
  package.post_add package.pre_build package.post_build package.pre_install package.post_install package.post_remove
  package.udev_rules package.modprobe_conf package.modules_load package.firmware package.programs
  package.install_components package.kbuild_lines package.sign package.verify package.prebuilt
  package.constraints package.common
  # The DKMS tree that WriteDkmsTree.cmake writes: all sources of its modules, the files and folders that it depends
  # on, the folders that were searched for headers, and the names of its objects
  tree.sources tree.taken tree.searched tree.objects
  # A file of the project: it was compiled for a module, or it was read by a compiler
  tree.compiled tree.read
  # A library: its objects. A module: its folder. A place in patches/, or an object: the file that is there
  tree.members tree.location tree.patch tree.prebuilt)

# Sets @result to the global property of @record
function(_kcxx_record_property result record)
  string(REGEX REPLACE " .*" "" name "${record}")
  get_property(known GLOBAL PROPERTY _KCXX_RECORDS)
  if(NOT name IN_LIST known)
    message(FATAL_ERROR "kcxx: cmake/Records.cmake lists no record '${name}'. This is a bug of kcxx.")
  endif()
  set(${result} "_KCXX_RECORD ${record}" PARENT_SCOPE)
endfunction()

function(_kcxx_get_record result record)
  _kcxx_record_property(property "${record}")
  get_property(value GLOBAL PROPERTY "${property}")
  set(${result} "${value}" PARENT_SCOPE)
endfunction()

# ARGN: the value, a list if it has several words
function(_kcxx_set_record record)
  _kcxx_record_property(property "${record}")
  set_property(GLOBAL PROPERTY "${property}" "${ARGN}")
endfunction()

function(_kcxx_append_record record)
  _kcxx_record_property(property "${record}")
  set_property(GLOBAL APPEND PROPERTY "${property}" ${ARGN})
endfunction()

# Sets @result to the variable @name of facts.sh, without KCXX_; to "" before facts.sh is read
function(_kcxx_get_kbuild_variable result name)
  _kcxx_get_record(file kernel.facts_file)
  _kcxx_record_property(property "kbuild.variable ${name}")
  get_property(written GLOBAL PROPERTY "${property}" SET)
  if(file AND NOT written)
    message(FATAL_ERROR "kcxx: ${file} has no KCXX_${name}. This is a bug of kcxx.")
  endif()
  _kcxx_get_record(value "kbuild.variable ${name}")
  set(${result} "${value}" PARENT_SCOPE)
endfunction()
