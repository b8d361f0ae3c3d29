#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: what is written to the terminal is in the kernel's log

set -e
echo "written to a terminal" >/dev/ttyprintk
dmesg | grep -o '\[U\] written to a terminal'
