#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Prints the classes of the module locks, where the kernel has a lock validator

[ ! -e /proc/lockdep ] || sed -n 's/^.*: \(kcxx \(left\|node\|right\).*\)$/class: \1/p' /proc/lockdep
