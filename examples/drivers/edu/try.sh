#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: asks the device, unbinds it from the driver while a file is open, and binds it again. After the unbinding
# the driver must hold nothing of the device, and the open file must report an error.

exec 3<>/dev/edu || exit
echo 5 >&3
[ "$(cat <&3)" = 120 ] || exit

cd /sys/bus/pci/drivers/edu || exit
for device in 0000:*; do
	echo "$device" >unbind
	if grep -w edu /proc/interrupts /proc/iomem || [ -e /dev/edu ]; then
		exit 1
	fi
	if cat <&3 2>/dev/null; then
		exit 1
	fi
	echo "$device" >bind
done

exec 3<>/dev/edu || exit
echo 12 >&3
[ "$(cat <&3)" = 479001600 ]
