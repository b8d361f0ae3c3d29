#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: packets go from one device of the driver to the other, and back

set -e
[ ! -e /sys/module/veth ] || ip link add one type veth
# shellcheck disable=SC2046 # two names
set -- $(cd /sys/class/net && echo [!l]*)
echo "devices: $#"
unshare -n sleep 1000 &
other=$!
sleep 1
ip link set "$2" netns $other
in_other() { nsenter -t $other -n "$@"; }
in_other ip addr add 192.0.2.2/24 dev "$2"
in_other ip link set "$2" up
ip addr add 192.0.2.1/24 dev "$1"
ip link set "$1" up
tries=0
until ping -c 1 -W 1 192.0.2.2 >/dev/null || [ $tries = 20 ]; do
	tries=$((tries + 1))
done
for size in 16 1000 1472; do
	ping -c 3 -W 5 -s $size 192.0.2.2 | grep received
done
[ "$(cat "/sys/class/net/$1/statistics/rx_packets")" -ge 9 ] && echo "received packets are counted"
[ "$(cat "/sys/class/net/$1/carrier")" = 1 ] && echo "there is a carrier"
ip link set "$1" down
kill $other
