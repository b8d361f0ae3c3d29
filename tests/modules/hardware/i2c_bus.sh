# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the adapter of i2c_bus.cc ends while the drivers of its devices are bound

adapter=$(echo /sys/bus/platform/devices/kcxx_i2c_bus*/i2c-*)
behaves bus_has_its_name grep -qx 'a bus without wires' "$adapter/name"
behaves devices_of_the_bus_are_bound [ -e "$adapter/${adapter##*-}-0030/driver" ]
behaves device_that_does_not_answer_reports_it [ -e "$adapter/${adapter##*-}-0031/driver" ]
echo kcxx_i2c_bus >/sys/bus/platform/drivers/i2c_bus/unbind
behaves bus_ends_with_its_device [ ! -e "$adapter" ]
behaves devices_end_with_their_bus [ ! -e "/sys/bus/i2c/devices/${adapter##*-}-0030" ]
