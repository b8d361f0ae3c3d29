#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Reads and sets the fan, in the guest

cd /sys/bus/platform/devices/case_fan || exit
echo "label: $(cat label)"
echo 900 >rpm
echo "rpm: $(cat rpm)"
echo 5000 2>&1 >rpm | sed 's/^/rpm: /'
