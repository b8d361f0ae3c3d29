#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the device takes what is sent to an address of its network

set -e
ip link set dummy0 up
ip addr add 192.0.2.1/24 dev dummy0
ping -c 1 -W 1 192.0.2.2 >/dev/null && exit 1
[ "$(cat /sys/class/net/dummy0/statistics/tx_packets)" -gt 0 ] && echo "dummy0 sent packets"
ip link add another type dummy
ip link del another
