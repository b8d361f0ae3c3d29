#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: uses the watchdog as a daemon does, forgets it until it expires, and looks what the device remembers.

watchdog=/sys/class/watchdog/watchdog0
echo "$(cat $watchdog/identity), $(cat $watchdog/timeout) seconds, $(cat $watchdog/state)"

exec 3>/dev/watchdog0
echo "open: $(cat $watchdog/state)"
printf V >&3
exec 3>&-
echo "closed: $(cat $watchdog/state)"

watchdog -F -T 1 -t 60 /dev/watchdog0 & # does not answer within the second
daemon=$!
sleep 3
kill $daemon
wait $daemon

cd /sys/bus/pci/drivers/cxx_i6300esb || exit
device=$(echo 0000:*)
echo "$device" >unbind
[ ! -e $watchdog ] || exit
echo "$device" >bind
echo "expired: $(cat $watchdog/bootstatus)"
