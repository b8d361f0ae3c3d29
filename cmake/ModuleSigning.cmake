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

# Records the key pair of the package @name, SIGN of add_dkms_package(), for its modules
function(_kcxx_sign_package name)
  _kcxx_get_record(pair "package.sign ${name}")
  if(pair STREQUAL "")
    return()
  endif()
  list(LENGTH pair count)
  list(GET pair 0 key)
  list(GET pair -1 certificate)
  if(NOT count EQUAL 2 OR key STREQUAL "" OR certificate STREQUAL "")
    _kcxx_refuse_package("${name}" "no key pair" "SIGN ${pair}"
      "a key (a file, or a quoted pkcs11: URI), and the file of its certificate")
  endif()
  if(NOT key MATCHES "^pkcs11:")
    get_filename_component(key "${key}" ABSOLUTE)
  endif()
  get_filename_component(certificate "${certificate}" ABSOLUTE)
  _kcxx_get_record(modules "package.modules ${name}")
  foreach(module IN LISTS modules)
    _kcxx_get_record(other "module.signing_key ${module}")
    if(other AND NOT other STREQUAL key)
      _kcxx_refuse_package("${name}" "two keys for one module" "${module} signed with ${key}, elsewhere with ${other}"
        "one SIGN for a module")
    endif()
    _kcxx_set_record("module.signing_key ${module}" "${key}")
    _kcxx_set_record("module.signing_certificate ${module}" "${certificate}")
  endforeach()
endfunction()

# Writes signing.sh of each module, which its link reads, at the end of the project
function(_kcxx_finish_signing)
  _kcxx_get_record(modules project.modules)
  foreach(module IN LISTS modules)
    _kcxx_get_record(key "module.signing_key ${module}")
    _kcxx_get_record(certificate "module.signing_certificate ${module}")
    if(NOT key)
      set(key "${KCXX_SIGNING_KEY}")
      _kcxx_refuse_pin_value("${key}" KCXX_SIGNING_KEY)
      set(certificate "${KCXX_SIGNING_CERTIFICATE}")
      if(key AND NOT key MATCHES "^pkcs11:")
        get_filename_component(key "${key}" ABSOLUTE BASE_DIR "${CMAKE_BINARY_DIR}")
      endif()
    endif()
    _kcxx_get_record(excluded "module.excluded ${module}")
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
  _kcxx_get_record(tried project.signatures_tried)
  if(pair IN_LIST tried)
    return()
  endif()
  _kcxx_append_record(project.signatures_tried "${pair}")
  set(files "${certificate}")
  if(NOT key MATCHES "^pkcs11:")
    list(APPEND files "${key}")
  endif()
  set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  if(key AND certificate)
    _kcxx_get_record(cmake_dir kcxx.cmake_dir)
    _kcxx_get_kbuild_variable(objtree OBJTREE)
    set(probe "${CMAKE_BINARY_DIR}/kcxx/signing-probe")
    file(WRITE "${probe}" "signed to see whether that works\n")
    execute_process(COMMAND sh "${cmake_dir}/sign-module.sh" "${objtree}" "${key}" "${certificate}"
        "${probe}" "${probe}.signed"
      RESULT_VARIABLE status ERROR_VARIABLE errors)
    file(REMOVE "${probe}" "${probe}.signed")
  else()
    set(status 1)
    set(errors "kcxx: a signing key and its certificate belong together.
  found:  KCXX_SIGNING_KEY '${key}', KCXX_SIGNING_CERTIFICATE '${certificate}'
  needed: both, or none
  type:   cmake -DKCXX_SIGNING_KEY=<key> -DKCXX_SIGNING_CERTIFICATE=<certificate>")
  endif()
  if(NOT status EQUAL 0)
    # Modules of an earlier build must not be taken for signed.
    _kcxx_get_record(modules project.modules)
    foreach(built IN LISTS modules)
      get_target_property(output ${built} LIBRARY_OUTPUT_DIRECTORY)
      foreach(config IN LISTS CMAKE_CONFIGURATION_TYPES ITEMS "")
        file(REMOVE "${output}/${config}/${built}.ko")
      endforeach()
    endforeach()
    string(STRIP "${errors}" errors)
    message(FATAL_ERROR "${errors}")
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
  _kcxx_get_record(file "module.signing_file ${module}")
  file(CONFIGURE OUTPUT "${file}" CONTENT "@content@" @ONLY)
endfunction()
