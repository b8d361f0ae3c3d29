# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The common part of add_subdirectory(kcxx) and find_package(kcxx), in the order of the
# pipeline: records, refusals and architectures, kernel directory, its properties, reports of cxxavailable.sh, variables of Kbuild, flags, constraints, signing, names, libraries,
# module, probes, test, list of modules, DKMS.

include_guard(GLOBAL)
include("${CMAKE_CURRENT_LIST_DIR}/Records.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/Refusals.cmake")

_kcxx_set_record(kcxx.cmake_dir "${CMAKE_CURRENT_LIST_DIR}")
_kcxx_set_record(kcxx.kbuild_dir "${KCXX_KBUILD_DIR}")
cmake_path(GET KCXX_KBUILD_DIR PARENT_PATH _kcxx_templates_dir)
_kcxx_set_record(kcxx.templates_dir "${_kcxx_templates_dir}/templates")

include("${CMAKE_CURRENT_LIST_DIR}/Architectures.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/KernelDirectory.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/KernelProperties.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/CheckReport.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/KbuildVariables.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ObjectFlags.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ModuleConstraints.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ModuleSigning.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ModuleName.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ModuleLibraries.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/PrebuiltObjects.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/AddKernelModule.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/AddKernelLibrary.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/KernelProbes.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ModuleSiblings.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/AddKernelModuleTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/ModuleList.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/PackageTargets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/PackagedFiles.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/AddDkmsPackage.cmake")

# For projects that need the properties before their first module. Without a kernel, that module reports the error.
_kcxx_find_kernel(_kcxx_kernel OPTIONAL)
_kcxx_publish_kernel("${_kcxx_kernel}")
unset(_kcxx_kernel)
