#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Waits in the guest until the module has reported

until dmesg | grep -q 'sampler: 5 samples'; do
	sleep 0.1
done
