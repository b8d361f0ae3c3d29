#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: goes through the samples. Three of them are drivers of one device, which is bound to each in turn.

set -e
bind()
{
	[ ! -e "$device/driver" ] || basename "$device" >"$device/driver/unbind"
	basename "$device" >"/sys/bus/pci/drivers/$1/bind"
}
for device in /sys/bus/pci/devices/*; do
	[ "$(cat "$device/vendor") $(cat "$device/device")" != "0x1b36 0x0005" ] || break
done
bind cxx_driver_pci
bind cxx_driver_auxiliary
bind cxx_dma
basename "$device" >"$device/driver/unbind"
echo cxx_i2c_client >/sys/bus/platform/drivers/cxx_i2c_client/unbind

cd /sys/kernel/debug/sample_debugfs
echo "debugfs: $(cat compatible), $(cat counter), $(cat pair)"
echo 7 >counter
echo 5 6 >pair
echo "debugfs: $(cat counter), $(cat pair)"

cd ../cxx_scoped_debugfs
echo pump 3 4 >control/create
echo 5 >dynamic/pump/1
printf ab | dd of=dynamic/pump/blob conv=notrunc 2>/dev/null
echo "debugfs_scoped: $(cat dynamic/pump/0), $(cat dynamic/pump/1), $(head -c 4 dynamic/pump/blob)"
echo pump >control/remove
echo "debugfs_scoped: $(find dynamic -mindepth 1 -maxdepth 1 | wc -l) folders"

# A kernel for x86 may have no bus for these.
if [ -e /sys/bus/soc/devices/soc0/soc_id ]; then
	cd /sys/bus/soc/devices/soc0
	echo "soc: $(cat machine), $(cat family), $(cat revision), $(cat serial_number), $(cat soc_id)"
fi
