#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Fails each allocation of the modules memory and containers in turn, on a kernel with fault injection: the
# modules' own allocations, not those that KASAN and kmemleak make beside them

cd /sys/kernel/debug/failslab 2>/dev/null || exit 0
echo N >ignore-gfp-wait
echo Y >cache-filter
echo 0 >verbose
for cache in /sys/kernel/slab/kmalloc-*; do echo 1 >"$cache/failslab"; done
for module in memory containers; do echo 1 >/sys/module/$module/parameters/fail; done
for cache in /sys/kernel/slab/kmalloc-*; do echo 0 >"$cache/failslab"; done
echo N >cache-filter
