# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Run by CPack before it packs: with SOURCE_DATE_EPOCH all files get that time, because rpm keeps
# the time of each.

if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -exec
    touch --no-dereference "--date=@$ENV{SOURCE_DATE_EPOCH}" {} +
    COMMAND_ERROR_IS_FATAL ANY)
endif()
