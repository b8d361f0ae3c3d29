#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Results in the kernel's log that are none of ours, and some that are not whole

say() {
	while IFS= read -r line; do
		printf '<6>%s\n' "$line" >/dev/kmsg
	done
}

say <<'LOG'
ok 1 stray
    ok 1 stray
KTAP version 1
1..5
    # Subtest: lost
    1..3
    ok 1 first
    ok 3 third
ok 1 lost
    KTAP version 1
    # Subtest: deep
    1..1
        # Subtest: middle
        1..2
            # Subtest: inner
            1..2
            ok 1 - one
# inner: noise at the margin
            not ok 2 - two
        not ok 1 inner
            # Subtest: after
            ok 1 three # SKIP
        ok 2 after
    not ok 1 middle
not ok 2 deep
    # Subtest: by_itself
    1..1
    ok 1 fine
    # by_itself: failed to initialize (-5)
not ok 3 by_itself
not ok 4 without_cases
KTAP version 1
1..1
    # Subtest: broken_off
    1..3
    ok 1 fine
    not ok 5 too far
KTAP version 1
1..2
    # Subtest: last
    1..1
    ok 1 fine
ok 1 last
LOG
