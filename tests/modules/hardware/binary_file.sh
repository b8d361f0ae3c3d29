# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the files of binary_file.cc

device=/sys/bus/platform/devices/binary_file
memory=$device/memory
behaves file_has_its_size_and_mode [ "$(stat -c '%s %a' "$memory")" = "32 640" ]
behaves file_without_a_write_is_for_readers [ "$(stat -c %a "$device/letters")" = 444 ]
behaves bytes_are_read_from_an_offset [ "$(dd if="$memory" bs=1 skip=1 count=3 2>/dev/null)" = cxx ]
behaves file_without_a_size_ends_where_nothing_is_read [ "$(cat "$device/letters")" = abcdefghijklmnopqrstuvwxyz ]
printf 'kernel' | dd of="$memory" bs=6 seek=2 conv=notrunc 2>/dev/null
behaves bytes_are_written_at_an_offset [ "$(dd if="$memory" bs=1 skip=12 count=6 2>/dev/null)" = kernel ]
behaves error_of_the_driver_is_that_of_the_write sh -c "! printf x 2>/dev/null >$memory"
behaves nothing_is_written_behind_the_end sh -c "! printf x | dd of=$memory bs=1 seek=32 conv=notrunc 2>/dev/null"
exec 3<"$memory"
echo binary_file >/sys/bus/platform/drivers/binary_file/unbind
# shellcheck disable=SC2016 # the other shell expands it
behaves file_ends_while_it_is_open sh -c '[ ! -e "$1" ] && ! cat <&3 2>/dev/null' sh "$memory"
exec 3<&-
