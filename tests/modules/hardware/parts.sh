# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the parts of parts.cc end with the whole. The guest has this file as firmware, too.

devices=/sys/bus/auxiliary/devices
behaves parts_have_the_name_of_the_module_and_their_number [ -e $devices/parts.part.1/driver ]
behaves part_that_no_driver_wants_is_there sh -c "[ -e $devices/parts.part.99 ] && [ ! -e $devices/parts.part.99/driver ]"
echo kcxx_whole >/sys/bus/platform/drivers/parts/unbind
behaves parts_end_with_the_whole [ -z "$(ls $devices)" ]
