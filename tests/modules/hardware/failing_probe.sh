# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: why the devices of failing_probe.cc are not bound

driver_folder=/sys/bus/platform/drivers/failing_probe
behaves reason_of_a_device_that_waits_is_shown_beside_it grep -q 'with_line.*no line for the reset of model 7' /sys/kernel/debug/devices_deferred
for device in without_line unknown_model with_line; do
	echo $device >$driver_folder/bind 2>/dev/null # again, for a log that another script may have emptied
done
dmesg >/tmp/reasons
behaves reason_has_the_error_and_the_text grep -q 'without_line: error -ENOENT: no line for the reset of model 7' /tmp/reasons
behaves reason_has_braces_or_percent grep -q 'unknown_model: error -ENODEV: model 9 of pumps is unknown' /tmp/reasons
behaves reason_of_a_device_that_waits_is_not_logged sh -c "! grep -q ' with_line: error' /tmp/reasons"
behaves devices_are_not_bound [ ! -e $driver_folder/without_line ]
