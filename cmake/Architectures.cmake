# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads kbuild/architectures.tsv, which describes its columns.

# Sets @result to the column @wanted of the row whose @column is @value; to "" if none is. @kbuild is kcxx's folder kbuild/.
function(_kcxx_architecture result kbuild column value wanted)
  set(${result} "" PARENT_SCOPE)
  _kcxx_architectures(rows "${kbuild}")
  set(columns name config make srcarch machine debian elf targets image)
  list(FIND columns ${column} at)
  list(FIND columns ${wanted} at_wanted)
  foreach(row IN LISTS rows)
    string(REPLACE "\t" ";" fields "${row}")
    list(GET fields ${at} field)
    if(field STREQUAL value)
      list(GET fields ${at_wanted} field)
      set(${result} "${field}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Sets @result to the names of all architectures
function(_kcxx_architecture_names result kbuild)
  _kcxx_architectures(rows "${kbuild}")
  list(TRANSFORM rows REPLACE "\t.*" "")
  set(${result} "${rows}" PARENT_SCOPE)
endfunction()

function(_kcxx_architectures result kbuild)
  file(STRINGS "${kbuild}/architectures.tsv" rows REGEX "^[^#]")
  set(${result} "${rows}" PARENT_SCOPE)
endfunction()
