# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: a PCI device sleeps when user space allows it, as often as a driver is bound to it.

address=$(basename /sys/bus/pci/drivers/pci_sleeper/0000:*)
sleeper=/sys/bus/pci/devices/$address
sleeps()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(cat "$sleeper/power/runtime_status")" = suspended ] && return
		sleep 1
	done
	return 1
}
behaves device_is_awake_until_user_space_allows_sleep [ "$(cat "$sleeper/power/runtime_status")" = active ]
echo auto >"$sleeper/power/control"
behaves device_sleeps_when_no_one_uses_it sleeps
behaves driver_lets_it_sleep [ "$(cat "$sleeper/slept")" = 1 ]
behaves device_is_awake_before_its_user_goes_on [ "$(cat "$sleeper/woken")" = 1 ]
behaves device_sleeps_behind_its_last_user sleeps
echo "$address" >/sys/bus/pci/drivers/pci_sleeper/unbind
echo "$address" >/sys/bus/pci/drivers/pci_sleeper/bind
behaves device_sleeps_with_its_next_driver sleeps
behaves next_driver_lets_it_sleep [ "$(cat "$sleeper/slept")" = 1 ]
