# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D PLAN=<plan.cmake> -P WriteKmodSrpm.cmake
#
# Writes the source rpm <name>-kmod of the tarball that WriteTarball.cmake packed, for akmods.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/PackageRequirements.cmake")
include("${PLAN}")
_kcxx_require_rpm("${name}" "${contact}" "${license}")
foreach(keyword IN LISTS scripts ITEMS DEPENDS_ON PATCHES)
  string(TOLOWER "${keyword}" variable)
  if(NOT DEFINED ${variable})
    set(variable ${keyword})
  endif()
  if(${variable})
    message(FATAL_ERROR "kcxx: ${name} cannot be built by akmods.\n"
      "  found:  ${keyword} ${${variable}}\n  needed: a package without: it is DKMS that sees to it\n"
      "  type:   cmake --build . --target ${name}-dkms-rpm")
  endif()
endforeach()

list(JOIN modules ", " modules_text)
list(JOIN modules " " modules_words)
set(requires_common_line "")
if(common)
  set(requires_common_line "Requires:       ${common} >= ${version}")
endif()
set(url "")
if(homepage)
  set(url "URL:            ${homepage}")
endif()
string(TIMESTAMP date "%a %b %d %Y" UTC) # or SOURCE_DATE_EPOCH
file(READ "${templates}/rpm/changelog.txt" changelog)
string(CONFIGURE "${changelog}" changelog @ONLY)
set(folder "${work}/kmod")
file(REMOVE_RECURSE "${folder}")
configure_file("${templates}/kmod/kmod.spec.in" "${folder}/${name}-kmod.spec" @ONLY)
file(COPY "${packages}/${name}-${version}.tar.gz" DESTINATION "${folder}")
set(CPACK_TEMPORARY_DIRECTORY "${folder}")
include("${CMAKE_CURRENT_LIST_DIR}/SettleTimes.cmake")
execute_process(COMMAND rpmbuild -bs --nodeps --quiet
    --define "_topdir ${folder}" --define "_sourcedir ${folder}" --define "_srcrpmdir ${packages}"
    --define "use_source_date_epoch_as_buildtime 1" --define "_buildhost localhost"
    --define "packager ${contact}" "${folder}/${name}-kmod.spec"
  COMMAND_ERROR_IS_FATAL ANY)
