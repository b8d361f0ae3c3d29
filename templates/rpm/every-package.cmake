# SPDX-License-Identifier: GPL-2.0-only OR MIT
# For CPack: settings of all rpm packages. With SOURCE_DATE_EPOCH, the same sources make the same
# package, byte for byte. Files are packed as they were built: nothing strips or rewrites them.

set(CPACK_SYSTEM_NAME Linux)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_COMPRESSION_TYPE xz)
set(CPACK_RPM_SPEC_MORE_DEFINE "%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _buildhost localhost
%define __os_install_post %{nil}
%define __spec_install_post %{nil}
%define debug_package %{nil}
%define _build_id_links none")
set(CPACK_STRIP_FILES FALSE)
