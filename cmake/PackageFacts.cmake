# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# What the packages of a DKMS tree demand of its project, and of the machine that packs.

set(_kcxx_set_contact "set(CPACK_PACKAGE_CONTACT \"Your Name <you@example.org>\") in CMakeLists.txt")

# Ends with an error unless the project names who makes its packages; @what: "a Debian package"
function(_kcxx_require_contact what)
  if(NOT contact MATCHES "^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$")
    message(FATAL_ERROR "kcxx: ${what} of ${name} has no maintainer.\n"
      "  found:  CPACK_PACKAGE_CONTACT '${contact}'\n"
      "  needed: a name and a mail address\n"
      "  type:   ${_kcxx_set_contact}")
  endif()
endfunction()

# Ends with an error unless an rpm package can be made
function(_kcxx_require_rpm)
  find_program(rpmbuild rpmbuild NO_CACHE)
  if(NOT rpmbuild)
    message(FATAL_ERROR "kcxx: an rpm package of ${name} cannot be made.\n"
      "  found:  no rpmbuild\n  needed: rpm's own build program, which CPack calls\n"
      "  type:   apt-get install rpm, or dnf install rpm-build")
  endif()
  _kcxx_require_contact("an rpm package")
  if(license STREQUAL "")
    message(FATAL_ERROR "kcxx: an rpm package of ${name} has no licence.\n"
      "  found:  CPACK_RPM_PACKAGE_LICENSE ''\n"
      "  needed: the licence of the modules, by its SPDX name\n"
      "  type:   set(CPACK_RPM_PACKAGE_LICENSE \"GPL-2.0-only\") in CMakeLists.txt")
  endif()
endfunction()
