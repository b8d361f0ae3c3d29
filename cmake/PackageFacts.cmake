# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Requirements of the packages of a DKMS tree on its project, and on the machine that packs.

set(_kcxx_set_contact "set(CPACK_PACKAGE_CONTACT \"Your Name <you@example.org>\") in CMakeLists.txt")

# Sets the text to append to the dependencies of a package of the modules: the package of their files
function(_kcxx_name_common_package)
  set(depends_on_common "" PARENT_SCOPE)
  set(requires_common "" PARENT_SCOPE)
  if(common)
    set(depends_on_common ", ${common} (>= ${version})" PARENT_SCOPE)
    set(requires_common ", ${common} >= ${version}" PARENT_SCOPE)
  endif()
endfunction()

# Ends with an error unless the project names the maintainer of its packages; @what: "a Debian package"
function(_kcxx_require_contact what)
  if(NOT contact MATCHES "^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$")
    message(FATAL_ERROR "kcxx: ${what} of ${name} has no maintainer.\n"
      "  found:  CPACK_PACKAGE_CONTACT '${contact}'\n"
      "  needed: a name and a mail address\n"
      "  type:   ${_kcxx_set_contact}")
  endif()
endfunction()

# Ends with an error unless this machine has the programs that make @what: a program and its package in turn
function(_kcxx_require_programs what)
  set(missing)
  set(packages)
  set(pairs ${ARGN})
  while(pairs)
    list(POP_FRONT pairs program package)
    unset(path)
    find_program(path "${program}" NO_CACHE)
    if(NOT path)
      list(APPEND missing "${program}")
      list(APPEND packages "${package}")
    endif()
  endwhile()
  if(missing)
    list(JOIN missing ", no " missing)
    list(REMOVE_DUPLICATES packages)
    list(JOIN packages " " packages)
    message(FATAL_ERROR "kcxx: ${what} of ${name} cannot be made.\n"
      "  found:  no ${missing}\n  needed: the programs that pack it\n"
      "  type:   apt-get install ${packages}")
  endif()
endfunction()

# Ends with an error unless a Debian package can be made; ARGN: programs that it needs besides, and their packages
function(_kcxx_require_deb)
  _kcxx_require_programs("a Debian package" gzip gzip ${ARGN})
  _kcxx_require_contact("a Debian package")
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
