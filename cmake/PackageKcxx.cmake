# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Packages of kcxx itself: cpack -D 'CPACK_PACKAGE_CONTACT=Your Name <you@example.org>' in the build
# directory, with -G DEB or -G RPM for one of them. A package has the files that cmake --install installs, in /usr.

set(CPACK_PACKAGE_NAME kcxx)
set(CPACK_PACKAGE_VENDOR "the kcxx authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "CMake's find_package(kcxx) with add_kernel_module(), what Kbuild needs
to compile C++, a library for modules, and the program kcxx, which checks
kernels and compilers and boots modules in virtual machines.")
set(CPACK_GENERATOR DEB RPM)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_LIST_DIR}/PackageKcxxFor.cmake")
set(CPACK_KCXX_TEMPLATES "${PROJECT_SOURCE_DIR}/templates")
set(CPACK_KCXX_DOCUMENTS "${PROJECT_BINARY_DIR}/doc")
set(CPACK_INSTALLED_DIRECTORIES "${CPACK_KCXX_DOCUMENTS}" usr/share/doc/kcxx)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "cmake (>= 3.25), make, g++ | clang, kmod, pahole, busybox-static, qemu-system-x86")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "dkms, ninja-build, ccache")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_RPM_PACKAGE_LICENSE "GPL-2.0-only OR MIT")
set(CPACK_RPM_PACKAGE_GROUP "Development/Tools")
set(CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_RPM_PACKAGE_RELOCATABLE FALSE)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/cmake /usr/share/doc /usr/share/man /usr/share/man/man1)
include(CPack)
