# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
ModuleSigning
-------------

The key that modules are signed with. The last step of their link signs them, so that
installations and packages get signed ones. The kernel's own ``scripts/sign-file`` signs,
with the hash of its configuration.

.. variable:: KCXX_SIGNING_KEY

  The private key of all modules that are in no package with a key of its own
  (``SIGN`` of :command:`add_dkms_package`): a PEM file, or the ``pkcs11:`` URI of a
  key in a token. Empty: they are not signed. Its passphrase or PIN, if it has one,
  is ``KBUILD_SIGN_PIN`` in the environment of cmake and of the build, or in a file that
  ``pin-source=file:…`` in the URI names. A URI with ``pin-value=`` is refused: CMake would
  keep the PIN in ``CMakeCache.txt``.

.. variable:: KCXX_SIGNING_CERTIFICATE

  The certificate of that key: a file, PEM or DER.

Key and certificate are tried when CMake configures, and again when they change.
#]=======================================================================]

# Ends the configuration if the URI @key holds a PIN. The PIN is not repeated: output is logged.
function(_kcxx_refuse_pin_value key of)
  string(TOLOWER "${key}" lower)
  string(FIND "${lower}" "pin-value" at)
  if(at EQUAL -1)
    return()
  endif()
  string(SUBSTRING "${key}" 0 ${at} found)
  message(FATAL_ERROR
    "kcxx: the signing key is given with its PIN.\n"
    "  found:  ${of} '${found}pin-value=…'\n"
    "  needed: a pkcs11: URI without pin-value: build files and command lines would show the PIN\n"
    "  type:   export KBUILD_SIGN_PIN=<PIN>, for cmake and for the build, or\n"
    "          pin-source=file:<file with the PIN> in the URI")
endfunction()

# CMake writes the cache even if the configuration fails, so the key is removed from it first.
set(_kcxx_key "${KCXX_SIGNING_KEY}")
if(_kcxx_key MATCHES "[Pp][Ii][Nn]-[Vv][Aa][Ll][Uu][Ee]")
  unset(KCXX_SIGNING_KEY CACHE)
  unset(KCXX_SIGNING_KEY)
  _kcxx_refuse_pin_value("${_kcxx_key}" KCXX_SIGNING_KEY)
endif()
unset(_kcxx_key)

# CMake makes a path on its command line absolute, but not a URI.
if(KCXX_SIGNING_KEY MATCHES "^pkcs11:")
  set(KCXX_SIGNING_KEY "" CACHE STRING "Private key that kernel modules are signed with")
else()
  set(KCXX_SIGNING_KEY "" CACHE FILEPATH "Private key that kernel modules are signed with")
endif()
set(KCXX_SIGNING_CERTIFICATE "" CACHE FILEPATH "Certificate of KCXX_SIGNING_KEY")

# Records SIGN of add_dkms_package(), in ARG_SIGN, for the modules ARGN
function(_kcxx_sign_with)
  if(NOT DEFINED ARG_SIGN)
    return()
  endif()
  list(LENGTH ARG_SIGN count)
  list(GET ARG_SIGN 0 key)
  list(GET ARG_SIGN -1 certificate)
  if(NOT count EQUAL 2 OR key STREQUAL "" OR certificate STREQUAL "")
    _kcxx_refuse_dkms("no key pair" "SIGN ${ARG_SIGN}"
      "a key (a file, or a quoted pkcs11: URI), and the file of its certificate")
  endif()
  if(NOT key MATCHES "^pkcs11:")
    get_filename_component(key "${key}" ABSOLUTE)
  endif()
  get_filename_component(certificate "${certificate}" ABSOLUTE)
  foreach(module IN LISTS ARGN)
    get_property(other GLOBAL PROPERTY _KCXX_SIGNING_KEY_${module})
    if(other AND NOT other STREQUAL key)
      _kcxx_refuse_dkms("two keys for one module" "${module} signed with ${key}, elsewhere with ${other}"
        "one SIGN for a module")
    endif()
    set_property(GLOBAL PROPERTY _KCXX_SIGNING_KEY_${module} "${key}")
    set_property(GLOBAL PROPERTY _KCXX_SIGNING_CERTIFICATE_${module} "${certificate}")
  endforeach()
endfunction()

# Writes signing.sh of each module, which its link reads, at the end of the project
function(_kcxx_finish_signing)
  get_property(modules GLOBAL PROPERTY _KCXX_MODULES)
  foreach(module IN LISTS modules)
    get_property(key GLOBAL PROPERTY _KCXX_SIGNING_KEY_${module})
    get_property(certificate GLOBAL PROPERTY _KCXX_SIGNING_CERTIFICATE_${module})
    if(NOT key)
      set(key "${KCXX_SIGNING_KEY}")
      _kcxx_refuse_pin_value("${key}" KCXX_SIGNING_KEY)
      set(certificate "${KCXX_SIGNING_CERTIFICATE}")
      if(key AND NOT key MATCHES "^pkcs11:")
        get_filename_component(key "${key}" ABSOLUTE BASE_DIR "${CMAKE_BINARY_DIR}")
      endif()
    endif()
    get_property(excluded GLOBAL PROPERTY _KCXX_EXCLUDED_${module})
    if(excluded)
      set(key "")
      set(certificate "")
    endif()
    set(digest "")
    if(key OR certificate)
      _kcxx_try_signing("${module}" "${key}" "${certificate}")
      file(SHA256 "${certificate}" digest)
    endif()
    _kcxx_write_signing("${module}" "${key}" "${certificate}" "${digest}")
  endforeach()
endfunction()

# Fatal unless sign-module.sh can sign with these. Tries each pair once, and watches its files from then on.
function(_kcxx_try_signing module key certificate)
  string(SHA256 pair "${key}\n${certificate}")
  get_property(tried GLOBAL PROPERTY _KCXX_SIGNING_TRIED)
  if(pair IN_LIST tried)
    return()
  endif()
  set_property(GLOBAL APPEND PROPERTY _KCXX_SIGNING_TRIED "${pair}")
  set(files "${certificate}")
  if(NOT key MATCHES "^pkcs11:")
    list(APPEND files "${key}")
  endif()
  set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  if(key AND certificate)
    get_property(cmake_dir GLOBAL PROPERTY _KCXX_CMAKE_DIR)
    get_property(objtree GLOBAL PROPERTY _KCXX_OBJTREE)
    set(probe "${CMAKE_BINARY_DIR}/kcxx/signing-probe")
    file(WRITE "${probe}" "signed to see whether that works\n")
    execute_process(COMMAND sh "${cmake_dir}/sign-module.sh" "${objtree}" "${key}" "${certificate}"
        "${probe}" "${probe}.signed"
      RESULT_VARIABLE status ERROR_VARIABLE said)
    file(REMOVE "${probe}" "${probe}.signed")
  else()
    set(status 1)
    set(said "kcxx: a signing key and its certificate belong together.
  found:  KCXX_SIGNING_KEY '${key}', KCXX_SIGNING_CERTIFICATE '${certificate}'
  needed: both, or none
  type:   cmake -DKCXX_SIGNING_KEY=<key> -DKCXX_SIGNING_CERTIFICATE=<certificate>")
  endif()
  if(NOT status EQUAL 0)
    # Modules of an earlier build must not be taken for signed.
    get_property(modules GLOBAL PROPERTY _KCXX_MODULES)
    foreach(built IN LISTS modules)
      get_target_property(output ${built} LIBRARY_OUTPUT_DIRECTORY)
      foreach(config IN LISTS CMAKE_CONFIGURATION_TYPES ITEMS "")
        file(REMOVE "${output}/${config}/${built}.ko")
      endforeach()
    endforeach()
    string(STRIP "${said}" said)
    message(FATAL_ERROR "${said}")
  endif()
endfunction()

# Writes key and certificate for link-module.sh, and the digest, so that another certificate signs anew
function(_kcxx_write_signing module key certificate digest)
  set(content "# Made by cmake/ModuleSigning.cmake\n")
  foreach(variable IN ITEMS key certificate)
    string(TOUPPER "${variable}" name)
    string(REPLACE "'" "'\\''" value "${${variable}}")
    string(APPEND content "KCXX_SIGNING_${name}='${value}'\n")
  endforeach()
  string(APPEND content "# ${digest}\n")
  get_property(file GLOBAL PROPERTY _KCXX_SIGNING_FILE_${module})
  file(CONFIGURE OUTPUT "${file}" CONTENT "@content@" @ONLY)
endfunction()
