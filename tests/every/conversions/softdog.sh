#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: a watchdog that is not fed ends its time; the parameter keeps it from a reboot

set -e
exec 3>/dev/watchdog0
sleep 3
dmesg | grep -o 'Triggered - Reboot ignored'
printf V >&3
exec 3>&-
cat /sys/class/watchdog/watchdog0/state
