#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the driver's card, and its streams

set -e
cut -d : -f 2 /proc/asound/cards | head -n 1
(cd /proc/asound/card0 && echo pcm*)
[ ! -e /proc/asound/card0/pcm0p/info ] || grep -e '^name' -e '^subdevices' /proc/asound/card0/pcm0p/info
