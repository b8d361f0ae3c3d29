# SPDX-License-Identifier: GPL-2.0-only OR MIT

#[=======================================================================[.rst:
AddKernelModuleTest
-------------------

.. command:: add_kernel_module_test

  Boots modules in a guest, as a test of CTest::

    add_kernel_module_test(<name> MODULES <module>...
                           [SCRIPT <file>] [EXPECT <regex>...] [FORBID <regex>...]
                           [EXPECT_ERROR <errno>] [DEVICES <device>...]
                           [DRIVES <file>[,if=<interface>]...] [NICS <nic>...] [QEMU <options>...]
                           [LOAD <module>...] [SMP <CPUs>] [REPEAT <rounds>] [MEMORY <MiB>]
                           [DEBUG] [SANITIZER kasan|kcsan] [FAULTS] [FAULT_DEPTH <calls>]
                           [PARAMETERS <module>:<key>=<value>...] [JUNIT <file>]
                           [TIMEOUT <seconds>])

  Loads the modules in the order of their dependencies into the kernel they were
  built for, runs ``SCRIPT`` in the guest, unloads them. Passes if all that
  succeeds, the kernel neither warned nor oopsed nor hung, every ``EXPECT`` matches a
  line of the log and no ``FORBID`` does (regular expressions of RE2). Unit tests of a module
  (``<kernel/testing.hpp>``, or KUnit in C) have to run, and none of them may fail.

  ``MODULES``
    Targets of :command:`add_kernel_module`, or paths of ``.ko`` files.
  ``SCRIPT``
    A shell script for the guest's busybox; a status other than 0 fails the test.
  ``EXPECT_ERROR``
    The init of the last module has to fail with this errno, as ``ENODEV``, and the test passes; no ``SCRIPT`` then.
  ``DEVICES``
    Further devices of the guest's machine, each as QEMU's ``-device`` takes it: ``edu``,
    ``virtio-rng-pci,addr=5``. Such a guest boots from its start.
  ``DRIVES``
    Drives with the bytes of files, by the interface ``virtio``, ``nvme`` or ``usb``: ``disk.img,if=nvme``. The files may
    be made by the build; the guest does not change them.
  ``NICS``
    Network cards, as ``kcxx boot --nic`` takes them: ``user``, ``user,model=e1000e``.
  ``QEMU``
    More options for QEMU, each in a shell's words: ``"-device pci-testdev"``.
  ``LOAD``
    Modules of the kernel's own that are loaded first, by their names, with those that they need: ``i2c-stub``.
  ``SMP``
    The number of the guest's CPUs, 1 to 8; default: 1, with ``SANITIZER kcsan`` 2.
  ``REPEAT``
    How often the modules are loaded and unloaded; the script runs in the first round; default: 1. Many rounds
    need a longer ``TIMEOUT``.
  ``MEMORY``
    The guest's memory in MiB; default: 256, with ``DEBUG`` 768.
  ``DEBUG``
    Builds the modules again for a kernel of their series with KASAN, lockdep, kmemleak and others, and boots that one.
    The first such test builds the kernel, which takes a while; ``kcxx kernels build <series> --debug`` does so before.
    With ``SMP`` and ``REPEAT`` the other CPUs read the modules' files while they are loaded and unloaded.
  ``SANITIZER``
    The sanitizer of that kernel, for which the modules are built again as with ``DEBUG``: ``kasan``, the default,
    finds errors of memory, ``kcsan`` data races of the modules, on two CPUs by default.
  ``FAULTS``
    Lets each allocation of the modules fail in turn: loads them, runs the script, unloads them for each. Needs a kernel
    with fault injection, such as that of ``DEBUG``.
  ``FAULT_DEPTH``
    With ``FAULTS``: only allocations whose last calls, so many, have one of the modules'; default: 32. Fewer spare the
    kernel's own code, which has errors where memory is short.
  ``PARAMETERS``
    Parameters that modules are loaded with: ``hello:word=goodbye``.
  ``JUNIT``
    The file for the results, with each unit test, as JUnit's XML, which CI
    servers read; relative to the build directory.
  ``TIMEOUT``
    The number of seconds after which the guest is ended and the test fails; default: 120, with ``DEBUG`` 600, with
    ``FAULTS`` 3600.

  A test of a module that is not for this kernel is skipped, and prints why.

  The program kcxx, which has to be built or installed, starts the guests.
#]=======================================================================]

_kcxx_describe_command(add_kernel_module_test
  "MODULES <module>... [SCRIPT <file>] [EXPECT <regex>...] [FORBID <regex>...] [EXPECT_ERROR <errno>] [DEVICES <device>...] [DRIVES <file>[,if=<interface>]...] [NICS <nic>...] [QEMU <options>...] [LOAD <module>...] [SMP <CPUs>] [REPEAT <rounds>] [MEMORY <MiB>] [DEBUG] [SANITIZER kasan|kcsan] [FAULTS] [FAULT_DEPTH <calls>] [PARAMETERS <module>:<key>=<value>...] [JUNIT <file>] [TIMEOUT <seconds>]"
  "MODULES <name>")

function(add_kernel_module_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "DEBUG;FAULTS" "SCRIPT;EXPECT_ERROR;JUNIT;SMP;REPEAT;MEMORY;SANITIZER;FAULT_DEPTH;TIMEOUT" "MODULES;EXPECT;FORBID;DEVICES;DRIVES;NICS;QEMU;LOAD;PARAMETERS")
  _kcxx_refuse_wrong_words(${CMAKE_CURRENT_FUNCTION} "${name}" "${ARG_UNPARSED_ARGUMENTS}" "${ARG_KEYWORDS_MISSING_VALUES}")
  if(NOT ARG_MODULES)
    _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "nothing to boot" "no MODULES"
      "at least one module")
  endif()
  if(DEFINED ARG_SANITIZER)
    if(NOT ARG_SANITIZER MATCHES "^(kasan|kcsan)$")
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no such sanitizer" "SANITIZER ${ARG_SANITIZER}"
        "kasan or kcsan")
    endif()
    set(ARG_DEBUG TRUE)
  endif()
  if(NOT DEFINED ARG_TIMEOUT AND ARG_FAULTS)
    set(ARG_TIMEOUT 3600)
  elseif(NOT DEFINED ARG_TIMEOUT AND ARG_DEBUG)
    set(ARG_TIMEOUT 600)
  elseif(NOT DEFINED ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  elseif(NOT ARG_TIMEOUT MATCHES "^[1-9][0-9]*$")
    _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no time limit" "TIMEOUT ${ARG_TIMEOUT}"
      "a whole number of seconds")
  endif()
  _kcxx_find_program(program)

  set(command "${program}" boot --timeout ${ARG_TIMEOUT})
  # A kernel that was built, not installed, has its image in its build directory.
  _kcxx_built_image(image)
  if(ARG_DEBUG)
    list(APPEND command --debug)
    if(DEFINED ARG_SANITIZER)
      list(APPEND command --sanitizer ${ARG_SANITIZER})
    endif()
  elseif(EXISTS "${image}")
    list(APPEND command --kernel "${image}")
  endif()
  if(ARG_FAULTS)
    list(APPEND command --faults)
    if(DEFINED ARG_FAULT_DEPTH)
      if(NOT ARG_FAULT_DEPTH MATCHES "^([1-9]|[12][0-9]|3[0-2])$")
        _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no number of calls" "FAULT_DEPTH ${ARG_FAULT_DEPTH}"
          "a whole number from 1 to 32")
      endif()
      list(APPEND command --fault-depth ${ARG_FAULT_DEPTH})
    endif()
  endif()
  if(ARG_SCRIPT)
    get_filename_component(script "${ARG_SCRIPT}" ABSOLUTE)
    if(NOT EXISTS "${script}")
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no such script" "no ${script}"
        "a shell script")
    endif()
    list(APPEND command --script "${script}")
  endif()
  if(DEFINED ARG_EXPECT_ERROR)
    if(NOT ARG_EXPECT_ERROR MATCHES "^(E[A-Z0-9]+|[1-9][0-9]*)$" OR ARG_SCRIPT)
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no error to expect" "EXPECT_ERROR ${ARG_EXPECT_ERROR} ${ARG_SCRIPT}"
        "an errno as ENODEV, and no SCRIPT: it runs once all modules are loaded")
    endif()
    list(APPEND command --expect-error "${ARG_EXPECT_ERROR}")
  endif()
  if(ARG_JUNIT)
    cmake_path(ABSOLUTE_PATH ARG_JUNIT BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" OUTPUT_VARIABLE junit)
    cmake_path(GET junit PARENT_PATH folder)
    file(MAKE_DIRECTORY "${folder}")
    list(APPEND command --junit "${junit}")
  endif()
  foreach(option IN ITEMS EXPECT FORBID)
    string(TOLOWER "${option}" flag)
    foreach(expression IN LISTS ARG_${option})
      list(APPEND command --${flag} "${expression}")
    endforeach()
  endforeach()
  foreach(device IN LISTS ARG_DEVICES)
    list(APPEND command --device "${device}")
  endforeach()
  foreach(drive IN LISTS ARG_DRIVES)
    cmake_path(ABSOLUTE_PATH drive) # with its ,if=
    list(APPEND command --drive "${drive}")
  endforeach()
  foreach(nic IN LISTS ARG_NICS)
    list(APPEND command --nic "${nic}")
  endforeach()
  foreach(options IN LISTS ARG_QEMU)
    list(APPEND command "--qemu=${options}") # one word: the options begin with a dash
  endforeach()
  foreach(module IN LISTS ARG_LOAD)
    list(APPEND command --load "${module}")
  endforeach()
  if(DEFINED ARG_SMP)
    if(NOT ARG_SMP MATCHES "^[1-8]$")
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no number of CPUs" "SMP ${ARG_SMP}" "1 to 8")
    endif()
    list(APPEND command --smp ${ARG_SMP})
  endif()
  if(DEFINED ARG_REPEAT)
    if(NOT ARG_REPEAT MATCHES "^[1-9][0-9]*$")
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no number of rounds" "REPEAT ${ARG_REPEAT}" "a whole number from 1 on")
    endif()
    list(APPEND command --repeat ${ARG_REPEAT})
  endif()
  if(DEFINED ARG_MEMORY)
    if(NOT ARG_MEMORY MATCHES "^[1-9][0-9]*$")
      _kcxx_refuse_call(${CMAKE_CURRENT_FUNCTION} "${name}" "no size of memory" "MEMORY ${ARG_MEMORY}" "a whole number of MiB")
    endif()
    list(APPEND command --memory ${ARG_MEMORY})
  endif()
  foreach(parameter IN LISTS ARG_PARAMETERS)
    list(APPEND command --param "${parameter}")
  endforeach()
  _kcxx_modules_to_boot("${name}" files excluded ${ARG_MODULES})
  list(APPEND command ${files})
  if(excluded)
    add_test(NAME ${name} COMMAND sh -c "echo \"$1\"; exit 77" sh "kcxx: ${excluded}")
    set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
    return()
  endif()
  add_test(NAME ${name} COMMAND ${command})
  # kcxx ends the guest by itself; CTest's limit is for kcxx.
  math(EXPR limit "${ARG_TIMEOUT} + 30")
  if(ARG_DEBUG) # the build of a kernel
    math(EXPR limit "${limit} + 10800")
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${limit})
endfunction()

# Sets @files to the modules ARGN of the test @name, and @excluded to the reason if one of them is not for this kernel
function(_kcxx_modules_to_boot name files excluded)
  set(found)
  set(reason)
  foreach(module IN LISTS ARGN)
    if(TARGET ${module})
      _kcxx_append_record("module.tests ${module}" "${name}")
      _kcxx_get_record(excluded_module "module.excluded ${module}")
      if(excluded_module)
        set(reason "${module}: not for this kernel: ${excluded_module}")
      endif()
      set(module "$<TARGET_FILE:${module}>")
    elseif(NOT module MATCHES "\\.ko$|^\\$<")
      _kcxx_refuse_call(add_kernel_module_test "${name}" "no such module" "${module}"
        "a target of add_kernel_module, or the path of a .ko file")
    endif()
    list(APPEND found "${module}")
  endforeach()
  set(${files} "${found}" PARENT_SCOPE)
  set(${excluded} "${reason}" PARENT_SCOPE)
endfunction()

# Sets @result to the path that the image of the kernel has in its build directory
function(_kcxx_built_image result)
  _kcxx_get_kbuild_variable(objtree OBJTREE)
  _kcxx_get_kbuild_variable(srcarch SRCARCH)
  _kcxx_get_record(kbuild kcxx.kbuild_dir)
  _kcxx_architecture(image "${kbuild}" srcarch "${srcarch}" image)
  set(${result} "${objtree}/arch/${srcarch}/boot/${image}" PARENT_SCOPE)
endfunction()

# The program kcxx: of this build, of the installed package, or in the PATH
function(_kcxx_find_program result)
  foreach(target IN ITEMS kcxx kcxx::kcxx)
    if(TARGET ${target})
      set(${result} "$<TARGET_FILE:${target}>" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  find_program(KCXX_PROGRAM NAMES kcxx DOC "The program kcxx, which boots tests")
  if(NOT KCXX_PROGRAM)
    message(FATAL_ERROR
      "kcxx: add_kernel_module_test: the program kcxx is missing.\n"
      "  found:  no target kcxx, no kcxx in the PATH\n"
      "  needed: the program, which starts the guests\n"
      "  type:   cmake -DKCXX_BUILD_TOOLS=ON, or install kcxx, or\n"
      "          cmake -DKCXX_PROGRAM=<path>")
  endif()
  set(${result} "${KCXX_PROGRAM}" PARENT_SCOPE)
endfunction()
