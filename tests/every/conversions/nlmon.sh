#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the device sees the netlink messages that others send

set -e
ip link add nlmon0 type nlmon
ip link set nlmon0 up
ip addr show >/dev/null
[ "$(cat /sys/class/net/nlmon0/statistics/rx_packets)" -gt 0 ] && echo "nlmon0 saw messages"
ip link del nlmon0
