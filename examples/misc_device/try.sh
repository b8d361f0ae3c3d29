#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Uses the devices as a user does, in the guest

echo "cycle: $(head -c 21 /dev/cycle)"

printf 'hello, ' >/dev/note
printf kernel >>/dev/note
echo "note: $(cat /dev/note)"

echo 'there is no room for all of this' 2>&1 >>/dev/note | sed 's/^/note: /'
printf 'hello, again\n' >/dev/note
echo "note: $(cat /dev/note)"
