#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the driver's device is one of the input devices

set -e
grep '^N: Name="\(QEMU Virtio\|PC Speaker\)' /proc/bus/input/devices
