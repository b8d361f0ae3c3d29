#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Reads and sets the numbers as a user does, in the guest

cd /proc/sys/dev/pump || exit 1

echo "speed: $(cat speed)"
echo 7 >speed
echo "speed: $(cat speed)"
echo 12 2>&1 >speed | sed 's/^/speed: /'
echo fast 2>&1 >speed | sed 's/^/speed: /'
echo "speed: $(sysctl -n dev.pump.speed)"

sysctl -w dev.pump.enabled=0
echo "enabled: $(cat enabled)"
