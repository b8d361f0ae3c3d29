#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: unbinds the device from the driver, which must hold nothing of it then, and binds it again

cd /sys/bus/pci/drivers/edu || exit
for device in 0000:*; do
	echo "$device" >unbind
	if grep -w edu /proc/interrupts /proc/iomem; then
		exit 1
	fi
	echo "$device" >bind
done
