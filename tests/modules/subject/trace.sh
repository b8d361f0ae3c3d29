#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: which functions ftrace has; then all of them are traced
mount -t tracefs none /sys/kernel/tracing
cd /sys/kernel/tracing || exit
sed -n 's/ \[subject\]$//p' available_filter_functions | sed 's/^/traced: /'
echo ':mod:subject' > set_ftrace_filter && echo function > current_tracer && echo nop > current_tracer
