#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the watchdog is fed and stopped, and what sysfs shows of it meanwhile

set -e
cd /sys/class/watchdog/watchdog0
cat identity
watchdog -t 1 -T 20 -F /dev/watchdog0 &
feeder=$!
sleep 2
echo "state: $(cat state), timeout: $(cat timeout)"
kill $feeder
wait $feeder || true
echo "state: $(cat state)"
