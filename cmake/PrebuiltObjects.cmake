# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# PREBUILT of add_kernel_module(): objects that come as they are, because their sources are missing. They are linked
# into the module although their flags are unknown. So the build prints their names, and modinfo(8) shows them in the
# field kcxx_prebuilt. An object that exports symbols has its CRCs in .<object>.cmd beside it, where Kbuild left them.

# Sets ``result`` to the absolute paths of the objects ARGN, and refuses files that are no objects
function(_kcxx_check_prebuilt name result)
  set(absolute)
  foreach(object IN LISTS ARGN)
    if(NOT object MATCHES "\\.o(_binary|_shipped)?$" OR object MATCHES "^\\$<")
      set(type "PREBUILT <name>.o, .o_binary or .o_shipped; of an archive, its objects: ar x ${object}")
      if(object MATCHES "\\.(cc|cpp|cxx|c|S)$")
        set(type "add_kernel_module(${name} ${object} PREBUILT …): sources come first")
      endif()
      _kcxx_refuse_call(add_kernel_module "${name}" "no object that comes as it is" "PREBUILT ${object}"
        "paths of objects that the kernel's flags compiled" "${type}")
    endif()
    _kcxx_absolute_source(add_kernel_module "${name}" "${object}" object)
    list(APPEND absolute "${object}")
  endforeach()
  set(${result} "${absolute}" PARENT_SCOPE)
endfunction()

# Sets ``source`` to a C file of @directory whose object has a field of modinfo for each object in ARGN
function(_kcxx_write_prebuilt_record name directory source)
  set(fields)
  foreach(object IN LISTS ARGN)
    cmake_path(GET object FILENAME file)
    string(APPEND fields "MODULE_INFO(kcxx_prebuilt, \"${file}\");\n")
  endforeach()
  set(file "${directory}/${name}-prebuilt.c")
  file(CONFIGURE OUTPUT "${file}" CONTENT
    "/* SPDX-License-Identifier: GPL-2.0-only OR MIT */\n/* Made by add_kernel_module(${name} … PREBUILT …) */\n#include <linux/module.h>\n\n@fields@" @ONLY)
  set(${source} "${file}" PARENT_SCOPE)
endfunction()
