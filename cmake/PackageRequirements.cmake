# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Requirements of the packages of a DKMS tree on its project, and on the machine that packs.

# Sets the results to the text to append to the dependencies of a package of the modules, for the package @common of
# their files: for Debian, and for rpm. Both are empty if @common is.
function(_kcxx_depend_on_common common version result_debian result_rpm)
  set(${result_debian} "" PARENT_SCOPE)
  set(${result_rpm} "" PARENT_SCOPE)
  if(common)
    set(${result_debian} ", ${common} (>= ${version})" PARENT_SCOPE)
    set(${result_rpm} ", ${common} >= ${version}" PARENT_SCOPE)
  endif()
endfunction()

# Ends with an error unless @contact can be the maintainer of the package @name; @what: "a Debian package". ARGN: what
# to type, if a CMakeLists.txt does not set it.
function(_kcxx_require_contact what name contact)
  if(NOT contact MATCHES "^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$")
    set(type "${ARGN}")
    if(type STREQUAL "")
      set(type "set(CPACK_PACKAGE_CONTACT \"Your Name <you@example.org>\") in CMakeLists.txt")
    endif()
    message(FATAL_ERROR "kcxx: ${what} of ${name} has no maintainer.\n"
      "  found:  CPACK_PACKAGE_CONTACT '${contact}'\n"
      "  needed: a name and a mail address\n"
      "  type:   ${type}")
  endif()
endfunction()

# Ends with an error unless this machine has the programs that make @what of @name. ARGN: a program and its package in
# turn.
function(_kcxx_require_programs what name)
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

# Ends with an error unless this machine can make an rpm package of @name, and the project names its maintainer and its
# licence. ARGN: as of _kcxx_require_contact().
function(_kcxx_require_rpm name contact license)
  find_program(rpmbuild rpmbuild NO_CACHE)
  if(NOT rpmbuild)
    message(FATAL_ERROR "kcxx: an rpm package of ${name} cannot be made.\n"
      "  found:  no rpmbuild\n  needed: rpm's own build program, which CPack calls\n"
      "  type:   apt-get install rpm, or dnf install rpm-build")
  endif()
  _kcxx_require_contact("an rpm package" "${name}" "${contact}" ${ARGN})
  if(license STREQUAL "")
    message(FATAL_ERROR "kcxx: an rpm package of ${name} has no licence.\n"
      "  found:  CPACK_RPM_PACKAGE_LICENSE ''\n"
      "  needed: the licence of the modules, by its SPDX name\n"
      "  type:   set(CPACK_RPM_PACKAGE_LICENSE \"GPL-2.0-only\") in CMakeLists.txt")
  endif()
endfunction()
