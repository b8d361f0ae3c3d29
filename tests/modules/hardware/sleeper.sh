# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the system begins to suspend to idle, and after a second with all devices asleep it wakes. So it tests all that
# drivers do, and needs no alarm that may come too early.

sleeper=/sys/bus/platform/devices/kcxx_sleeper
behaves device_sleeps_at_run_time [ "$(cat $sleeper/power/runtime_status)" = suspended ]
echo devices >/sys/power/pm_test
echo 1 >/sys/module/suspend/parameters/pm_test_delay
behaves system_suspends_to_idle_and_wakes sh -c "echo freeze >/sys/power/state"
behaves driver_suspends_and_then_resumes [ "$(dmesg | sed -n 's/.*sleeper kcxx_sleeper: //p' | xargs)" = "suspends resumes" ]
echo kcxx_sleeper >/sys/bus/platform/drivers/sleeper/unbind
behaves device_has_no_power_management_without_its_driver [ "$(cat $sleeper/power/runtime_status)" != active ]
