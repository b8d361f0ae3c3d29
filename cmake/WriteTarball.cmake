# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cmake -D PLAN=<plan.cmake> -P WriteTarball.cmake
#
# Packs the DKMS tree that add_dkms_package() planned as <name>-<version>.tar.gz. Beside the tree
# there is a link dkms_source_tree to it: dkms 3.0 loads tarballs that have that, newer ones all
# that have a dkms.conf.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/PackageRequirements.cmake")
include("${PLAN}")
_kcxx_require_programs("a tarball" "${name}" tar tar gzip gzip)

cmake_path(GET tree PARENT_PATH folder)
cmake_path(GET tree FILENAME top)
set(staged "${work}/tarball")
file(REMOVE_RECURSE "${staged}")
file(MAKE_DIRECTORY "${staged}")
file(CREATE_LINK "${top}" "${staged}/dkms_source_tree" SYMBOLIC)
string(TIMESTAMP now "%s" UTC) # or SOURCE_DATE_EPOCH
execute_process(
  COMMAND tar --create --sort=name --format=gnu --owner=0 --group=0 --numeric-owner "--mtime=@${now}"
    --directory "${folder}" "${top}" --directory "${staged}" dkms_source_tree
  COMMAND gzip -9n
  OUTPUT_FILE "${staged}/complete" COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${staged}/complete" "${packages}/${top}.tar.gz")
