#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the device drops what no redirection brought to it, and counts it

set -e
ls /sys/class/net
ip link set ifb0 up
ip addr add 192.0.2.1/24 dev ifb0
ping -c 1 -W 1 192.0.2.2 >/dev/null && exit 1
[ "$(cat /sys/class/net/ifb0/statistics/rx_dropped)" -gt 0 ] && echo "ifb0 dropped packets"
