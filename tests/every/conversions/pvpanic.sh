#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: what the device is able to tell the host, and what it is asked to

set -e
cd /sys/bus/pci/drivers/pvpanic-pci/0000:*
echo "capability: $(cat capability), events: $(cat events)"
echo 1 >events
echo "events: $(cat events)"
echo 8 >events && exit 1
echo 0 >events
echo "events: $(cat events)"
