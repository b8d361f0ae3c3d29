#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Unloads the module, which stays

rmmod outliving &
sleep 1
sed -n 's/^outliving .* \(Live\|Unloading\) .*/stays: \1/p' /proc/modules
