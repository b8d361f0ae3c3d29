# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The common part of add_subdirectory(kcxx) and find_package(kcxx), in the order of the
# pipeline: kernel directory, its properties, facts, flags, constraints, signing, names, libraries,
# module, probes, test, list of modules, DKMS.

include_guard(GLOBAL)

set_property(GLOBAL PROPERTY _KCXX_CMAKE_DIR "${CMAKE_CURRENT_LIST_DIR}")
set_property(GLOBAL PROPERTY _KCXX_KBUILD_DIR "${KCXX_KBUILD_DIR}")
cmake_path(GET KCXX_KBUILD_DIR PARENT_PATH _kcxx_templates_dir)
set_property(GLOBAL PROPERTY _KCXX_TEMPLATES_DIR "${_kcxx_templates_dir}/templates")

include("${CMAKE_CURRENT_LIST_DIR}/KernelDirectory.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/KernelProperties.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/KernelFacts.cmake")
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
