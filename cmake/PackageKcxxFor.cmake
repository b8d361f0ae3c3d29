# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Read by cpack, once for each generator: the parts of a package of kcxx beside the installed files.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/PackageRequirements.cmake")
set(name kcxx)
set(contact "${CPACK_PACKAGE_CONTACT}")
set(set_contact "cpack -D 'CPACK_PACKAGE_CONTACT=Your Name <you@example.org>'")
file(REMOVE_RECURSE "${CPACK_KCXX_DOCUMENTS}")
configure_file("${CPACK_KCXX_TEMPLATES}/kcxx/copyright.txt" "${CPACK_KCXX_DOCUMENTS}/copyright" @ONLY)
if(CPACK_GENERATOR STREQUAL "RPM")
  _kcxx_require_rpm(kcxx "${contact}" "${CPACK_RPM_PACKAGE_LICENSE}" "${set_contact}")
  include("${CPACK_KCXX_TEMPLATES}/rpm/every-package.cmake")
  # CPack leaves out these tags, because rpmbuild supports them but does not list them
  string(APPEND CPACK_RPM_SPEC_MORE_DEFINE "\n%define packager ${contact}
Recommends: cmake >= 3.25, make, gcc-c++, kmod, dwarves, busybox, qemu-system-x86
Suggests: dkms, ninja-build, ccache")
  set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/SettleTimes.cmake")
else()
  # CPack ignores a missing dpkg-shlibdeps: the package would depend on nothing. Without dpkg, it would be
  # for i386.
  _kcxx_require_programs("a Debian package" kcxx gzip gzip dpkg-shlibdeps dpkg-dev file file dpkg dpkg)
  _kcxx_require_contact("a Debian package" kcxx "${contact}" "${set_contact}")
  string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # or SOURCE_DATE_EPOCH
  configure_file("${CPACK_KCXX_TEMPLATES}/kcxx/changelog.txt" "${CPACK_KCXX_DOCUMENTS}/changelog" @ONLY)
  execute_process(COMMAND gzip -9n "${CPACK_KCXX_DOCUMENTS}/changelog" COMMAND_ERROR_IS_FATAL ANY)
endif()
set(CPACK_STRIP_FILES TRUE)
